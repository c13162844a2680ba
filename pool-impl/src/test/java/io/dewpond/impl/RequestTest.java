package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G24")
class RequestTest {
    @Test
    void failureIsTakenAtItsWord() {
        assertEquals(5_000_000_000L, delay(() -> Duration.ofSeconds(5)));
        assertEquals(0, delay(() -> Duration.ZERO));
        assertEquals(0, Request.delayNanos(new IOException("asks for nothing")));
    }

    @Test
    void whatIsNoDelayIsNone() {
        assertEquals(0, delay(() -> null));
        assertEquals(0, delay(() -> Duration.ofSeconds(-1)));
    }

    @Test
    void tooLongADelayOverflowsNothing() {
        assertEquals(Clock.FAR_NANOS, delay(() -> Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void poolGoesOnThoughTheFailureCannotSay() throws Exception {
        for (Throwable thrown : new Throwable[] {new IllegalStateException("no"), new AssertionError("no")}) {
            AtomicInteger creations = new AtomicInteger();
            ObjectFactory<Object> factory = ObjectFactory.of(
                    () -> {
                        if (creations.getAndIncrement() == 0) {
                            throw new Patient(() -> RequestTest.<RuntimeException>raise(thrown));
                        }
                        return new Object();
                    },
                    object -> {});
            try (Pool<Object> pool =
                            Pools.open(PoolConfig.of(factory).maxSize(1).retryDelay(Duration.ofMillis(1)));
                    Lease<Object> lease = pool.acquire(Duration.ofSeconds(20))) {
                assertEquals(2, creations.get(), lease.toString());
            }
        }
    }

    private static long delay(Supplier<@Nullable Duration> asked) {
        return Request.delayNanos(new Patient(asked));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws even what may not be thrown
    private static <X extends Throwable> Duration raise(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private static final class Patient extends IOException implements RetryAfter {
        private static final long serialVersionUID = 1;

        private final transient Supplier<@Nullable Duration> asked;

        Patient(Supplier<@Nullable Duration> asked) {
            super("not yet");
            this.asked = asked;
        }

        @Override
        @SuppressWarnings("NullAway") // as a careless user's
        public Duration retryAfter() {
            return asked.get();
        }
    }
}
