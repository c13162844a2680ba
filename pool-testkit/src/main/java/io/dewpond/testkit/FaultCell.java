package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolStats;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One cell of the {@link FaultMatrix}: a callback, what it does, and what somebody does to the pool meanwhile.
 *
 * <p>A first call brings the callback to misbehave. While it does, a second enters the pool, and a witness acquires with a
 * deadline. Then it is judged what became of them, all leases end, the callback is healed, and the pool must be as good as
 * new.
 */
final class FaultCell {
    private static final Duration SOON = Duration.ofSeconds(1);
    /** Many limits later. */
    private static final Duration LATER = Duration.ofMinutes(2);

    private final Culprit culprit;
    private final Misdeed misdeed;
    private final Entry entry;
    private final Callbacks callbacks;
    private final FaultScene scene;

    private FaultCell(Culprit culprit, Misdeed misdeed, Entry entry, Callbacks callbacks, FaultScene scene) {
        this.culprit = culprit;
        this.misdeed = misdeed;
        this.entry = entry;
        this.callbacks = callbacks;
        this.scene = scene;
    }

    static String name(Culprit culprit, Misdeed misdeed, Entry entry) {
        return culprit.words + " " + misdeed.words + ", while " + entry.words;
    }

    /** Opens a pool, plays the cell on it, and checks that nothing is left. */
    static void play(Culprit culprit, Misdeed misdeed, Entry entry, PoolUnderTest contract) {
        InvariantChecker checker = new InvariantChecker(contract.threadPrefix(), contract.patience());
        checker.begin();
        Callbacks callbacks = new Callbacks(culprit, misdeed, contract.threadPrefix());
        FaultScene scene = new FaultScene(contract, callbacks, checker);
        try {
            new FaultCell(culprit, misdeed, entry, callbacks, scene).play();
            checker.check();
        } catch (Throwable failure) {
            // The reports of some tools know only the method, and not which of its cells failed.
            throw new AssertionError(name(culprit, misdeed, entry) + ": " + failure.getMessage(), failure);
        } finally {
            callbacks.heal();
            scene.calls.forEach(Call::interrupt);
            checker.abandon();
        }
    }

    private void play() {
        // What is lent has been idle before, and so has been judged.
        scene.settle();
        Lease<Resource> one = scene.take();
        scene.settle();
        Lease<Resource> other = scene.take();
        scene.settle();
        if (culprit == Culprit.VALIDATE_ON_ACQUIRE) {
            scene.ticker.advance(FaultScene.INTERVAL);
        }

        Call first = scene.call("first", culprit.provokedBy(entry), timeout(), one);
        callbacks.arm(first);
        endsAtOnceIfItMay(first.start());
        scene.comes("misbehaving", () -> callbacks.hasMisbehaved() || (culprit.mayBeLeftOut() && first.isDone()));
        scene.comes("aborting", () -> culprit != Culprit.ABORT || stats().leased() == 0);
        Call second = scene.call("second", entry, timeout(), other).start();
        endsAtOnceIfItMay(second);
        aWitnessMeetsItsDeadline();
        if (nothingCanBeMade() && !isClosed()) {
            // Only now: on a busy machine the deadline would else be over before there is a cause to tell.
            scene.passes(
                    "a failure known", () -> scene.pool.control().describe().lastFailure() != null);
            scene.ticker.advance(LATER);
        }
        scene.passes("the first ended or held", () -> first.isDone() || isHeld(first));
        scene.passes("the second ended", second::isDone);
        if (isHeld(first)) {
            letGo(first);
        }
        endLeases(one, other);
        scene.calls.forEach(this::judge);
        itCopes();

        callbacks.heal();
        if (!isClosed()) {
            allCanBeLent();
            idleIsMaintained();
        }
        scene.passes("refreshes and shutdowns over", scene::hasEnded);
        scene.comes("nothing hangs", () -> stats().abandoned() == 0);
    }

    private boolean isClosed() {
        return entry == Entry.SHUT_DOWN || culprit == Culprit.ABORT;
    }

    private boolean nothingCanBeMade() {
        return culprit.prevents(misdeed);
    }

    /** Who can be served waits for ever, and is to be served; the others learn at their deadline why they aren't. */
    private Duration timeout() {
        return culprit.preventsFutures(misdeed) ? LATER : PoolConfig.LONGEST;
    }

    private PoolStats stats() {
        return scene.pool.stats();
    }

    // What the misdeed must not do to others

    /** A call that waits for nothing needs no time, unless it is the one that runs the callback. */
    private void endsAtOnceIfItMay(Call call) {
        scene.comes(call + " ended", () -> !call.entry().endsAtOnce() || call.isDone() || isHeld(call));
    }

    private void aWitnessMeetsItsDeadline() {
        Call witness = scene.call("witness", Entry.ACQUIRE, SOON, null).start();
        scene.comes("the witness waits", () -> witness.isDone() || witness.isSuspendedBy(scene.ticker));
        scene.ticker.advance(SOON);
        scene.comes("the witness ended", witness::isDone);
    }

    private boolean isHeld(Call call) {
        return misdeed.blocks() && callbacks.hasMisbehavedIn(call) && !call.isDone();
    }

    private void letGo(Call call) {
        if (misdeed == Misdeed.BLOCK) {
            call.interrupt();
        } else {
            callbacks.heal();
        }
        scene.passes("the first ended", call::isDone);
    }

    /** Leases end, and the releasing thread survives it. */
    private void endLeases(Lease<Resource> one, Lease<Resource> other) {
        List<Lease<Resource>> leases = Stream.concat(
                        Stream.of(one, other), scene.calls.stream().flatMap(call -> call.lent().stream()))
                .toList();
        for (Lease<Resource> lease : leases) {
            endsAtOnceIfItMay(scene.call("releaser", Entry.RELEASE, SOON, lease).start());
        }
    }

    private void judge(Call call) {
        boolean isInCaller = callbacks.hasMisbehavedIn(call);
        assertTrue(!isInCaller || culprit.mayHold(call.entry()), () -> culprit.words + " ran in the thread of " + call);
        Throwable failure = call.failure();
        boolean isInterrupted = failure instanceof InterruptedException;
        assertEquals(
                isInCaller && misdeed.interrupts(),
                isInterrupted || call.flagLeft(),
                () -> "whether " + call + " knows of an interrupt");
        assertTrue(!isInterrupted || !call.flagLeft(), () -> call + " is told twice of its interrupt");
        if (failure != null && !isInterrupted && !isDocumented(call, failure)) {
            throw new AssertionError(call + " failed", failure);
        }
    }

    private boolean isDocumented(Call call, Throwable failure) {
        if (failure instanceof PoolClosedException) {
            return isClosed();
        }
        if (failure instanceof AcquireTimeoutException) {
            assertTrue(
                    !nothingCanBeMade() || call.timeout().equals(SOON) || failure.getCause() != null,
                    "no cause is told");
            boolean isFuture = call.entry() == Entry.ACQUIRE_ASYNC && culprit.preventsFutures(misdeed);
            return nothingCanBeMade() || isFuture || call.timeout().equals(SOON);
        }
        boolean hasEnded = culprit == Culprit.ABORT && call.entry() == Entry.INVALIDATE;
        return hasEnded && failure instanceof IllegalStateException;
    }

    // What the pool must do in spite of it

    /** Before anything is healed, places come back, shutdowns end, and what failed has been counted. */
    private void itCopes() {
        if (isClosed() || !nothingCanBeMade()) {
            scene.passes("at rest", scene::isAtRest);
            scene.passes("refreshes and shutdowns over", scene::hasEnded);
        }
        if (isToBeCounted()) {
            scene.passes("a failure counted", this::isCounted);
        }
    }

    private boolean isCounted() {
        return stats().callbackFailures() + stats().creationFailures() > 0;
    }

    /** A listener is nobody's loss, and a creation is none of a pool's that is shut down. */
    private boolean isToBeCounted() {
        boolean isGivenUp = misdeed == Misdeed.HANG && callbacks.isArmed();
        return callbacks.hasMisbehaved()
                && (misdeed.fails() || isGivenUp)
                && culprit != Culprit.LISTENER
                && !(isClosed() && nothingCanBeMade());
    }

    // What it must be like afterwards

    private void allCanBeLent() {
        List<Call> borrowers = IntStream.range(0, FaultScene.MAX_SIZE)
                .mapToObj(i -> scene.call("borrower", Entry.ACQUIRE, PoolConfig.LONGEST, null)
                        .start())
                .toList();
        scene.passes("all places lent", () -> borrowers.stream().allMatch(Call::isDone));
        assertEquals(FaultScene.MAX_SIZE, stats().total(), "what can be lent");
        borrowers.forEach(this::judge);
        borrowers.forEach(borrower -> borrower.lent().ifPresent(Lease::close));
        scene.comes("all idle", () -> stats().idle() == FaultScene.MAX_SIZE);
    }

    private void idleIsMaintained() {
        int all = scene.factory.made().size();
        callbacks.condemn(all);
        scene.passes(
                "what is idle evicted", () -> scene.factory.alive().stream().noneMatch(r -> r.number() <= all));
    }
}
