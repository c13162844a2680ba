package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;
import io.dewpond.benchmarks.contestant.FairPlay;
import io.dewpond.benchmarks.contestant.Field;
import io.dewpond.benchmarks.contestant.Settings;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Acquire and release, for JMH, which fills the fields and wants them all public or so. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked
public class JmhCycle {
    private static final int SIZE = 10;

    @Param("dewpond")
    private String contestant;

    private Contestant<Object> pool;

    @Setup
    @SuppressWarnings("unchecked") // what it hands out goes back to it alone
    public void open() throws Exception {
        pool = (Contestant<Object>) Field.named(contestant).opener().open(Settings.stub(SIZE, Race.TIMEOUT));
        FairPlay.fill(pool, SIZE);
    }

    @Benchmark
    public Object cycle() throws Exception {
        Object lease = pool.acquire();
        Object lent = pool.lent(lease);
        pool.release(lease);
        return lent;
    }

    @TearDown
    public void close() throws Exception {
        pool.close();
    }
}
