package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.examples.GivenObjects.Licence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenObjectsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void oneOfThoseGivenIsUsed() throws InterruptedException {
        List<String> done = List.of("done with a", "done with b", "done with c");
        assertTrue(done.contains(
                GivenObjects.work(new Licence("a", true), new Licence("b", true), new Licence("c", true))));
    }

    @Test
    void whatIsInvalidatedComesBackFromTheQueue() throws InterruptedException {
        Licence only = new Licence("only", true);
        try (Pool<Licence> pool = GivenObjects.comingBack(List.of(only))) {
            Lease<Licence> lease = pool.acquire(LONG);
            lease.invalidate(null);
            assertSame(only, pool.acquire(LONG).detach());
        }
    }
}
