package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.DestroyReason;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.PoolListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A listener is told everything, in order, and can't do any harm. */
abstract class ListenerClause extends Clause {
    private final Recorder recorder = new Recorder();

    ListenerClause(PoolContract contract) {
        super(contract);
    }

    private PoolConfig<Resource> listening(int maxSize) {
        return config(maxSize).listener(recorder);
    }

    private void awaitEvents(Pool<Resource> pool, String... events) {
        Eventually.holds(
                patience(),
                () -> recorder.events().equals(List.of(events)),
                () -> recorder.events() + " in " + pool.stats());
    }

    @Test
    @Tag("G46")
    void listenerHearsOfALifeFromCreationToShutdown() throws InterruptedException {
        Pool<Resource> pool = open(listening(1));
        take(pool).close();
        pool.close();
        awaitEvents(pool, "created 1", "destroyed 1: SHUTDOWN");
    }

    @Test
    @Tag("G46")
    void listenerHearsWhyAnObjectWasDestroyed() throws InterruptedException {
        Pool<Resource> pool = open(listening(1)
                .evictionPolicy((resource, info) -> resource.number() == 1)
                .resetter(resource -> {
                    if (resource.number() == 2) {
                        throw new IOException("reset");
                    }
                }));
        take(pool).close();
        take(pool).close();
        take(pool).invalidate(null);
        take(pool).close();
        pool.control().evictIdle();
        awaitEvents(
                pool,
                "created 1",
                "evicted 1: evicted by a policy",
                "destroyed 1: " + DestroyReason.EVICTED,
                "created 2",
                "RESET failed: IOException",
                "destroyed 2: " + DestroyReason.RESET_FAILED,
                "created 3",
                "destroyed 3: " + DestroyReason.INVALIDATED,
                "created 4",
                "destroyed 4: " + DestroyReason.OPERATOR);
    }

    @Test
    @Tag("G25")
    void listenerHearsOfAGivenUpCreationAndItsLateObject() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.hang(gate));
        Pool<Resource> pool = open(listening(1).createTimeout(Duration.ofSeconds(1)));
        pool.tryAcquire();
        awaitArrivals(gate, 1);
        ticker.advance(Duration.ofSeconds(1));
        awaitEvents(pool, "creation failed: " + TimeoutException.class.getSimpleName());
        gate.open();
        awaitEvents(pool, "creation failed: TimeoutException", "created 1", "destroyed 1: " + DestroyReason.LATE);
    }

    @Test
    @Tag("G46")
    void listenerHearsOfFailedCallbacks() throws InterruptedException {
        factory.creations().next(Step.fail(new IOException()));
        factory.destructions().next(Step.fail(new StackOverflowError()));
        Pool<Resource> pool = open(listening(1).validateOnRelease(true).validator(resource -> {
            throw new IllegalStateException();
        }));
        Borrower waiter = waiting(pool, LONG);
        awaitEvents(pool, "creation failed: IOException"); // before the next creation, which tells from another thread
        ticker.advance(pool.config().retryDelay());
        waiter.lease().close();
        awaitEvents(
                pool,
                "creation failed: IOException",
                "created 1",
                "VALIDATE failed: IllegalStateException",
                "DESTROY failed: StackOverflowError",
                "destroyed 1: " + DestroyReason.INVALID);
    }

    @Test
    @Tag("G59")
    void listenerHearsOfBorrowersThatGetNothing() throws InterruptedException {
        Pool<Resource> pool = open(listening(1).maxWaiters(1));
        CheckedLease held = take(pool);
        Borrower waiter = waiting(pool, Duration.ofSeconds(1));
        borrow(pool, LONG).failure(AcquireRejectedException.class);
        ticker.advance(Duration.ofSeconds(1));
        waiter.failure(AcquireTimeoutException.class);
        Borrower last = waiting(pool, LONG);
        var unused = pool.control().shutdown(LONG);
        last.failure(PoolClosedException.class);
        held.close();
        awaitEvents(
                pool,
                "created 1",
                "acquire failed: AcquireRejectedException",
                "acquire failed: AcquireTimeoutException",
                "acquire failed: PoolClosedException",
                "destroyed 1: " + DestroyReason.SHUTDOWN);
    }

    @Test
    @Tag("G46")
    void hungListenerHoldsNobody() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(config(1).listener(new PoolListener<>() {
            @Override
            public void created(Resource object, Duration took) {
                gate.passUninterruptibly();
            }
        }));
        take(pool).close();
        awaitArrivals(gate, 1);
        take(pool).invalidate(null);
        take(pool).close();
    }

    @Test
    @Tag("G46")
    void listenerThatIsFarBehindMissesOnlyWhatIsTooMuch() throws InterruptedException {
        Gate gate = gate();
        AtomicInteger told = new AtomicInteger();
        Pool<Resource> pool = open(config(1).listener(new PoolListener<>() {
            @Override
            public void created(Resource object, Duration took) {
                gate.passUninterruptibly();
            }

            @Override
            public void acquireFailed(PoolException failure) {
                told.incrementAndGet();
            }
        }));
        CheckedLease held = take(pool);
        awaitArrivals(gate, 1);
        for (int i = 0; i < PoolListener.MOST_PENDING + 1; i++) {
            assertThrows(AcquireTimeoutException.class, () -> pool.acquire(Duration.ZERO));
        }
        gate.open();
        await(pool, () -> told.get() == PoolListener.MOST_PENDING);
        keeps(pool, () -> told.get() == PoolListener.MOST_PENDING);
        held.close();
    }

    @Test
    @Tag("G46")
    void listenerThatThrowsHarmsNobodyAndHearsTheNextEvent() throws InterruptedException {
        Script told = new Script().next(Step.fail(new StackOverflowError()));
        Pool<Resource> pool = open(config(1).listener(new PoolListener<>() {
            @Override
            public void created(Resource object, Duration took) {
                try {
                    told.run();
                } catch (Exception notScripted) {
                    throw new AssertionError(notScripted);
                }
            }
        }));
        take(pool).invalidate(null);
        take(pool).close();
        await(pool, () -> told.calls() == 2);
        assertEquals(1, pool.stats().idle());
    }
}
