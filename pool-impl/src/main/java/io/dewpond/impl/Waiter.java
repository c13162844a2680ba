package io.dewpond.impl;

import io.dewpond.PoolException;
import io.dewpond.QueuedBorrower;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for an object, or a {@link FutureWaiter} in the stead of one. Its outcome is written once, under the
 * lock of the {@link Exchange}, in the same step that takes it out of the queue; so a waiter either is in the queue, or has
 * an outcome, or has left by itself.
 *
 * <p>As the head it looks for idle objects itself when it is signalled. A signal stands until it is taken: who signals a
 * head that has been signalled and hasn't woken yet does nothing, for the head will look, and look after this. The head
 * takes the signal first and looks then, who makes an object idle does that first and signals then; so none is missed.
 */
sealed class Waiter<T> permits FutureWaiter {
    private static final VarHandle SIGNALLED;

    static {
        try {
            SIGNALLED = MethodHandles.lookup().findVarHandle(Waiter.class, "signalled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Who asked for the object. */
    final Thread thread = Thread.currentThread();
    /** When it began to wait, and until when it does. */
    final long since;

    final long deadline;

    /** Where it asked, if that is recorded. */
    final @Nullable Throwable site;

    /** It looks as soon as it is in the queue, so it needn't be woken for that. */
    private volatile boolean signalled = true;

    /** Whether it wakes by itself when it has become old enough to starve; if not, it has to be told to. */
    volatile boolean watchful;

    /**
     * Whether it has taken an idle object as the head and is about to leave with it: then nothing need be made for it. Written
     * by the one who waits, read under the lock.
     */
    volatile boolean provided;

    private volatile boolean expired;
    private volatile @Nullable SlotLease<T> lease;
    /** Makes the exception in the thread that throws it, so that the stack trace is that thread's own. */
    private volatile @Nullable Supplier<PoolException> failure;

    // Guarded by the lock: its neighbours in the queue.
    @Nullable
    Waiter<T> older;

    @Nullable
    Waiter<T> younger;

    boolean queued;

    Waiter(long since, long deadline, @Nullable Throwable site) {
        this.since = since;
        this.deadline = deadline;
        this.site = site;
    }

    /** Has it look, unless it is about to anyway; then false. */
    boolean signal() {
        boolean news = !signalled && SIGNALLED.compareAndSet(this, false, true);
        if (news) {
            LockSupport.unpark(thread);
        }
        return news;
    }

    /** Whether it looks for idle objects itself when it is signalled as the head. */
    boolean looks() {
        return true;
    }

    /** Has it see that there is an outcome. Called once there is one, and when the lock is free. */
    void wake() {
        LockSupport.unpark(thread);
    }

    void takeSignal() {
        signalled = false;
    }

    void grant(SlotLease<T> granted) {
        lease = granted;
    }

    /** Its time was over when its turn came. */
    void expire() {
        expired = true;
    }

    boolean hasExpired() {
        return expired;
    }

    boolean hasOutcome() {
        return lease != null || failure != null || expired;
    }

    /** Whether there is an outcome, or something to look for. */
    boolean hasNews() {
        return signalled || hasOutcome();
    }

    /** As others see it. */
    QueuedBorrower at(long now) {
        return new QueuedBorrower(
                Holding.nameOf(thread),
                Duration.ofNanos(Math.max(0, now - since)),
                Duration.ofNanos(Math.max(0, deadline - now)));
    }

    void fail(Supplier<PoolException> reason) {
        failure = reason;
    }

    @Nullable
    SlotLease<T> lease() {
        return lease;
    }

    @Nullable
    Supplier<PoolException> failure() {
        return failure;
    }
}
