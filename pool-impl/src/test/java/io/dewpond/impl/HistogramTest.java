package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.TimeDistribution;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What a histogram says of times, beside the times themselves. */
@Tag("G81")
class HistogramTest {
    private static final List<Double> PERCENTS = List.of(0.0, 1.0, 50.0, 90.0, 99.0, 99.9, 100.0);

    private final Histogram histogram = new Histogram();

    @Example
    void nothingMeasuredIsZero() {
        TimeDistribution none = histogram.snapshot();
        assertEquals(0, none.count());
        Stream.of(none.min(), none.mean(), none.max(), none.percentile(50), none.percentile(100))
                .forEach(time -> assertEquals(Duration.ZERO, time));
    }

    @Example
    void oneTimeIsAllOfThem() {
        histogram.record(1_234_567_891);
        TimeDistribution one = histogram.snapshot();
        assertEquals(1, one.count());
        Stream.of(one.min(), one.mean(), one.max(), one.percentile(0), one.percentile(50), one.percentile(100))
                .forEach(time -> assertEquals(Duration.ofNanos(1_234_567_891), time));
    }

    @Property(tries = 300)
    void percentilesAreThoseOfTheSortedTimesAndAtMostAFiftiethMore(
            @ForAll @Size(min = 1, max = 2_000) List<@LongRange(max = Long.MAX_VALUE) Long> times,
            @ForAll @DoubleRange(max = 100) double any) {
        Histogram histogram = new Histogram(); // one for each try
        times.forEach(histogram::record);
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        TimeDistribution seen = histogram.snapshot();
        assertEquals(sorted.length, seen.count());
        assertEquals(sorted[0], seen.min().toNanos());
        assertEquals(sorted[sorted.length - 1], seen.max().toNanos());
        Stream.concat(PERCENTS.stream(), Stream.of(any)).forEach(percent -> {
            long exact = sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100 - 1e-9) - 1)];
            long told = seen.percentile(percent).toNanos();
            assertTrue(told >= exact && told - exact <= exact / 50, percent + "%: " + told + " for " + exact);
        });
        double mean = LongStream.of(sorted).mapToDouble(time -> time).average().orElseThrow();
        assertTrue(Math.abs(seen.mean().toNanos() - mean) <= 1 + mean / 50, seen.mean() + " for " + mean);
    }

    @Example
    void partOfARoundNumberIsExact() {
        LongStream.rangeClosed(1, 1_000).forEach(time -> histogram.record(time < 1_000 ? 1 : 63));
        assertEquals(1, histogram.snapshot().percentile(99.9).toNanos());
        assertEquals(63, histogram.snapshot().percentile(99.91).toNanos());
    }

    @Example
    void everyTimeIsInTheBucketThatItsBoundsSay() {
        for (int bit = 0; bit < Long.SIZE - 1; bit++) {
            for (long time : new long[] {(1L << bit) - 1, 1L << bit, (1L << bit) + 1, (1L << bit) + (1L << bit) / 3}) {
                int bucket = Histogram.bucket(time);
                assertTrue(time <= Histogram.last(bucket), () -> time + " is in bucket " + bucket);
                assertTrue(bucket == 0 || time > Histogram.last(bucket - 1), () -> time + " is in bucket " + bucket);
            }
        }
        assertEquals(Long.MAX_VALUE, Histogram.last(Histogram.bucket(Long.MAX_VALUE)));
    }

    @Example
    void lessThanNothingIsNothing() {
        histogram.record(-5);
        assertEquals(Duration.ZERO, histogram.snapshot().min());
        assertEquals(1, histogram.snapshot().count());
    }

    @Example
    void partThatIsNoneIsRefused() {
        for (double none : new double[] {-0.1, 100.1, Double.NaN}) {
            Exception refusal = assertThrows(
                    IllegalArgumentException.class, () -> histogram.snapshot().percentile(none));
            assertEquals("percent is " + none + ", but must be between 0 and 100", refusal.getMessage());
        }
    }

    @Example
    void snapshotsAreConsistentWhileOthersRecord() throws InterruptedException {
        int threads = 3;
        int each = 200_000;
        CountDownLatch running = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            int first = i + 1;
            Thread recorder = new Thread(() -> {
                // Upwards and downwards: each time a new least or a new greatest.
                for (int n = 0; n < each; n++) {
                    histogram.record(n % 2 == 0 ? 1_000_000L - n * (long) first : 1_000_000L + n * (long) first);
                }
                running.countDown();
            });
            recorder.setDaemon(true);
            recorder.start();
        }
        long before = 0;
        while (running.getCount() > 0) {
            TimeDistribution seen = histogram.snapshot();
            assertTrue(seen.count() >= before, "a time was forgotten");
            before = seen.count();
            Stream.of(seen.mean(), seen.percentile(0), seen.percentile(50), seen.percentile(100))
                    .forEach(time -> assertTrue(
                            time.compareTo(seen.min()) >= 0 && time.compareTo(seen.max()) <= 0, seen::toString));
        }
        assertEquals((long) threads * each, histogram.snapshot().count());
    }

    @Example
    void snapshotDoesNotChange() {
        histogram.record(5);
        TimeDistribution before = histogram.snapshot();
        histogram.record(50);
        assertEquals(1, before.count());
        assertEquals(Duration.ofNanos(5), before.max());
        assertEquals(Duration.ofNanos(5), before.percentile(100));
    }
}
