package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.EvictionPolicy;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolListener;
import io.dewpond.PoolStats;
import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool of objects that it was given. */
@Tag("G67")
@Timeout(60)
class FixedPoolTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Licence a = new Licence("a");
    private final Licence b = new Licence("b");
    private final Licence c = new Licence("c");

    /** Two of the same name are equal, and are two all the same. */
    private record Licence(String name, AtomicBoolean good, AtomicBoolean closed) implements AutoCloseable {
        Licence(String name) {
            this(name, new AtomicBoolean(true), new AtomicBoolean());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Licence licence && licence.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    // ---- What is lent ----------------------------------------------------------------------------------------------

    @Test
    @Tag("G20")
    void givenObjectsAndNoOthersAreLentAtOnce() throws InterruptedException {
        try (Pool<Licence> pool = Pools.of(a, b, c)) {
            assertEquals(3, pool.stats().idle());
            List<Lease<Licence>> leases = Stream.generate(pool::tryAcquire)
                    .limit(3)
                    .map(Optional::orElseThrow)
                    .toList();
            assertEquals(
                    Set.of(a, b, c), Set.copyOf(leases.stream().map(Lease::get).toList()));
            assertEquals(Optional.empty(), pool.tryAcquire());
            assertThrows(AcquireTimeoutException.class, () -> pool.acquire(Duration.ZERO));
            assertEquals(0, pool.stats().creating());
            assertEquals(3, pool.stats().created());
            leases.forEach(Lease::close);
        }
    }

    @Test
    void releasedObjectServesWhoWaits() throws Exception {
        try (Pool<Licence> pool = Pools.of(a)) {
            Lease<Licence> held = pool.acquire();
            CompletableFuture<Lease<Licence>> next = pool.acquireAsync(LONG);
            assertFalse(next.isDone());
            held.close();
            try (Lease<Licence> lease = next.get()) {
                assertSame(a, lease.get());
            }
        }
    }

    @Test
    void equalObjectsAreTwoIfTheyAreNotTheSame() throws InterruptedException {
        Licence twin = new Licence("a");
        try (Pool<Licence> pool = Pools.of(List.of(a, twin))) {
            assertNotSame(pool.acquire().detach(), pool.acquire().detach());
        }
    }

    @Test
    void settingsComposeWithTheObjects() throws InterruptedException {
        List<String> reset = new CopyOnWriteArrayList<>();
        try (Pool<Licence> pool = Pools.of(
                List.of(a),
                given -> given.name("licences")
                        .acquireTimeout(Duration.ofMillis(1))
                        .resetter(licence -> reset.add(licence.name())))) {
            pool.use(licence -> licence);
            assertEquals(List.of("a"), reset);
            Lease<Licence> held = pool.acquire();
            AcquireTimeoutException failure = assertThrows(AcquireTimeoutException.class, pool::acquire);
            assertEquals("licences", failure.pool());
            assertTrue(failure.selfDeadlock());
            held.close();
        }
    }

    @Test
    void listOfWhatWasGivenMayChangeAfterwards() throws InterruptedException {
        Licence[] given = {a, b};
        try (Pool<Licence> pool = Pools.of(Arrays.asList(given))) {
            given[0] = c;
            given[1] = c;
            List<Licence> lent = List.of(pool.acquire().detach(), pool.acquire().detach());
            assertEquals(Set.of(a, b), Set.copyOf(lent));
        }
    }

    // ---- What is refused -------------------------------------------------------------------------------------------

    @Test
    void objectGivenTwiceIsRefused() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Pools.of(a, b, a));
        assertEquals(
                "Object number 3 was given before: a pool that has it twice would lend it to two borrowers at once",
                refusal.getMessage());
    }

    @Test
    void noObjectsAreRefused() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Pools.of(List.of()));
        assertEquals("A pool of no objects can't be opened: give it at least one", refusal.getMessage());
    }

    @Test
    @SuppressWarnings("NullAway") // nulls are passed to see them refused
    void nullsAreRefused() {
        assertThrows(NullPointerException.class, () -> Pools.of(a, (Licence) null));
        assertThrows(NullPointerException.class, () -> Pools.of((Licence) null, a));
        assertThrows(NullPointerException.class, () -> Pools.of(Arrays.asList(a, null)));
        assertThrows(NullPointerException.class, () -> Pools.of((List<Licence>) null));
        assertThrows(NullPointerException.class, () -> Pools.of(List.of(a), (UnaryOperator<PoolConfig<Licence>>) null));
        assertThrows(NullPointerException.class, () -> Pools.of(List.of(a), given -> null));
    }

    @Test
    void settingsThatNeedAFactoryAreRefused() {
        assertEquals(
                "Pool 'pool' can't be opened: maxSize is 5, but must be 1, the number of objects given",
                refusal(given -> given.maxSize(5)));
        assertEquals(
                "Pool 'pool' can't be opened: minIdle is 1, but must be 0 where nothing is created",
                refusal(given -> given.minIdle(1)));
        assertEquals(
                "Pool 'pool' can't be opened: validateAfterCreate is true, but must be false where nothing is created",
                refusal(given -> given.validator(licence -> true).validateAfterCreate(true)));
        assertEquals(
                "Pool 'pool' can't be opened: factory must be left as it is where the objects are given",
                refusal(given -> given.factory(ObjectFactory.of(() -> b, Licence::close))));
        assertEquals(
                "Pool 'pool' can't be opened: siteSampling is -1, but must be at least 0",
                refusal(given -> given.siteSampling(-1)));
        assertEquals(
                "Pool 'pool' can't be opened: minIdle is 1, but must be 0 where nothing is created; siteSampling is -1,"
                        + " but must be at least 0",
                refusal(given -> given.minIdle(1).siteSampling(-1)));
    }

    private String refusal(UnaryOperator<PoolConfig<Licence>> settings) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Pools.of(List.of(a), settings))
                .getMessage());
    }

    @Test
    void configurationOpensNoSecondPool() {
        try (Pool<Licence> pool = Pools.of(a, b)) {
            assertThrows(IllegalArgumentException.class, () -> Pools.open(pool.config()));
            assertEquals(2, pool.stats().idle());
        }
    }

    @Test
    void operatorCanNotReplaceWhatWasGiven() {
        try (Pool<Licence> pool = Pools.of(a, b)) {
            assertThrows(
                    UnsupportedOperationException.class, () -> pool.control().resize(0, 1));
            assertThrows(
                    UnsupportedOperationException.class, () -> pool.control().resize(0, 3));
            assertThrows(
                    UnsupportedOperationException.class, () -> pool.control().refresh());
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> pool.control().replaceFactory(pool.config().factory()));
            Exception refusal = assertThrows(
                    UnsupportedOperationException.class, () -> pool.control().evictIdle());
            assertEquals(
                    "Pool 'pool' can't evict what is idle: it lends the objects that it was given and has no others to"
                            + " put in their place",
                    refusal.getMessage());
            assertEquals(2, pool.stats().idle());
            assertEquals(2, pool.stats().maxSize());
        }
    }

    // ---- What leaves -----------------------------------------------------------------------------------------------

    @Test
    @Tag("G27")
    void whatIsInvalidatedHasLeftForGood() throws InterruptedException {
        Departures left = new Departures();
        try (Pool<Licence> pool = Pools.of(List.of(a, b), given -> given.listener(left))) {
            Lease<Licence> bad = pool.acquire();
            Licence gone = bad.get();
            bad.invalidate(new Exception("revoked"));
            leaves(pool, 1);
            assertEquals(1, pool.stats().maxSize());
            assertEquals(1, pool.stats().destroyed());
            Lease<Licence> other = pool.acquire();
            assertNotSame(gone, other.get());
            assertEquals(Optional.empty(), pool.tryAcquire());
            other.close();
            left.are(gone.name() + " INVALIDATED");
        }
        left.are(a.name() + " INVALIDATED", b.name() + " SHUTDOWN");
        assertFalse(a.closed().get() || b.closed().get());
    }

    @Test
    void whatIsDetachedHasLeftForGood() throws InterruptedException {
        Departures left = new Departures();
        try (Pool<Licence> pool = Pools.of(List.of(a, b), given -> given.listener(left))) {
            assertSame(a, pool.acquire().detach());
            PoolStats stats = pool.stats();
            assertEquals(1, stats.maxSize());
            assertEquals(1, stats.detached());
            Lease<Licence> other = pool.acquire();
            assertSame(b, other.get());
            assertEquals(Optional.empty(), pool.tryAcquire());
            assertEquals(0, pool.stats().creating());
            other.close();
        }
    }

    @Test
    @Tag("G44")
    void whatFailsItsValidationHasLeftAndTheNextIsLent() throws InterruptedException {
        Departures left = new Departures();
        try (Pool<Licence> pool = Pools.of(
                List.of(a, b),
                given -> given.validator(licence -> licence.good().get())
                        .validateAfterIdle(Duration.ZERO)
                        .listener(left))) {
            a.good().set(false);
            assertSame(b, pool.use(licence -> licence));
            leaves(pool, 1);
            assertEquals(1, pool.stats().maxSize());
            left.are("a INVALID");
        }
    }

    @Test
    @Tag("G46")
    void whatCanNotBeResetHasLeft() throws InterruptedException {
        Departures left = new Departures();
        try (Pool<Licence> pool = Pools.of(
                List.of(a, b),
                given -> given.listener(left).resetter(licence -> {
                    throw new Exception("stuck");
                }))) {
            pool.acquire().close();
            leaves(pool, 1);
            left.are("a RESET_FAILED");
        }
    }

    @Test
    @Tag("G40")
    void whatThePolicyEvictsHasLeft() throws InterruptedException {
        Departures left = new Departures();
        ManualTicker ticker = new ManualTicker();
        try (Pool<Licence> pool = Pools.of(
                List.of(a),
                given -> given.listener(left)
                        .ticker(ticker)
                        .evictionPolicy(EvictionPolicy.olderThan(Duration.ofMinutes(5))))) {
            pool.acquire().close();
            ticker.advance(Duration.ofMinutes(5));
            leaves(pool, 0);
            left.are("a EVICTED");
        }
    }

    @Test
    void whoeverWaitsIsToldAtOnceThatTheLastHasLeft() throws Exception {
        for (Consumer<Lease<Licence>> ending : List.<Consumer<Lease<Licence>>>of(
                lease -> lease.invalidate(null), lease -> assertSame(a, lease.detach()))) {
            try (Pool<Licence> pool = Pools.of(a)) {
                Lease<Licence> last = pool.acquire();
                CompletableFuture<Lease<Licence>> waiting = pool.acquireAsync(LONG);
                ending.accept(last);
                Exception told = assertThrows(ExecutionException.class, waiting::get);
                CreationFailedException failure = assertInstanceOf(CreationFailedException.class, told.getCause());
                assertEquals(
                        "Pool 'pool' has no object and can't create one: java.util.NoSuchElementException: the only"
                                + " object that it was given has left it",
                        failure.getMessage());
                assertEquals(0, pool.stats().waiting());
            }
        }
    }

    @Test
    void whoeverComesAfterTheLastHasLeftIsToldAtOnce() throws InterruptedException {
        Pool<Licence> pool = Pools.of(a, b);
        pool.acquire().detach();
        pool.acquire().detach();
        for (Duration timeout : List.of(LONG, Duration.ZERO)) {
            Exception told = assertThrows(CreationFailedException.class, () -> pool.acquire(timeout));
            assertInstanceOf(NoSuchElementException.class, told.getCause());
            assertEquals(
                    "all 2 objects that it was given have left it",
                    told.getCause().getMessage());
            Exception later = assertThrows(CompletionException.class, pool.acquireAsync(timeout)::join);
            assertInstanceOf(CreationFailedException.class, later.getCause());
        }
        assertEquals(Optional.empty(), pool.tryAcquire());
        assertEquals(0, pool.stats().timedOut());
        pool.close();
        assertThrows(PoolClosedException.class, () -> pool.acquire(LONG));
    }

    @Test
    @Tag("G27")
    void shutdownLeavesTheObjectsToTheirOwner() throws InterruptedException {
        Departures left = new Departures();
        Pool<Licence> pool = Pools.of(List.of(a, b, c), given -> given.listener(left));
        Lease<Licence> held = pool.acquire();
        CompletableFuture<Void> end = pool.control().shutdown(LONG);
        assertFalse(end.isDone());
        held.close();
        end.join();
        left.are("a SHUTDOWN", "b SHUTDOWN", "c SHUTDOWN");
        assertFalse(a.closed().get() || b.closed().get() || c.closed().get());
        try (Pool<Licence> again = Pools.of(a, b, c)) {
            assertEquals(3, again.stats().idle());
        }
    }

    @Test
    @Tag("G1")
    void manyBorrowersShareFewObjectsWhileSomeLeave() throws Exception {
        List<AtomicBoolean> objects =
                Stream.generate(AtomicBoolean::new).limit(8).toList();
        AtomicBoolean lentTwice = new AtomicBoolean();
        try (Pool<AtomicBoolean> pool = Pools.of(objects)) {
            List<CompletableFuture<Void>> borrowers = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 8; i++) {
                int leaves = i;
                borrowers.add(CompletableFuture.runAsync(() -> {
                    for (int round = 0; round < 2_000; round++) {
                        Lease<AtomicBoolean> lease = pool.acquireAsync(LONG).join();
                        lentTwice.compareAndSet(false, lease.get().getAndSet(true));
                        lease.get().set(false);
                        if (round == 1_000 && leaves < 6) {
                            lease.invalidate(null);
                        } else {
                            lease.close();
                        }
                    }
                }));
            }
            CompletableFuture.allOf(borrowers.toArray(CompletableFuture[]::new)).get();
            assertFalse(lentTwice.get());
            leaves(pool, 2);
            assertEquals(8, pool.stats().created());
            assertEquals(6, pool.stats().destroyed());
            assertEquals(2, pool.stats().idle());
        }
    }

    /** Waits until no more than so many objects are left. */
    private static void leaves(Pool<?> pool, int remaining) {
        Awaitility.await().until(() -> pool.stats().maxSize() == remaining);
    }

    /** Writes down who left, and why. */
    private static final class Departures implements PoolListener<Licence> {
        private final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public void destroyed(Licence object, DestroyReason reason) {
            said.add(object.name() + " " + reason);
        }

        void are(String... expected) {
            Awaitility.await().until(() -> said.stream().sorted().toList().equals(List.of(expected)));
        }
    }
}
