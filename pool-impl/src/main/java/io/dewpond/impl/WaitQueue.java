package io.dewpond.impl;

import io.dewpond.QueuedBorrower;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, in order of arrival. Guarded by the lock of the {@link Exchange}, save that anybody may ask who is the
 * head.
 */
final class WaitQueue<T> {
    private volatile @Nullable Waiter<T> head;
    private @Nullable Waiter<T> tail;
    private int size;
    private final Deadlines<T> deadlines = new Deadlines<>();

    /** The oldest waiter, or null. */
    @Nullable
    Waiter<T> head() {
        return head;
    }

    /** The newest waiter, or null. */
    @Nullable
    Waiter<T> newest() {
        return tail;
    }

    int size() {
        return size;
    }

    /** Those who come first, but not more than so many. */
    List<QueuedBorrower> first(int most, long now) {
        List<QueuedBorrower> first = new ArrayList<>();
        for (Waiter<T> waiter = head; waiter != null && first.size() < most; waiter = waiter.younger) {
            first.add(waiter.at(now));
        }
        return first;
    }

    /** Since when the one waits who has so many others before it; there must be such a one. */
    long since(int before) {
        Waiter<T> waiter = head;
        for (int i = 0; i < before && waiter != null; i++) {
            waiter = waiter.younger;
        }
        if (waiter == null) {
            throw new AssertionError("bug: fewer than " + before + " wait");
        }
        return waiter.since;
    }

    void add(Waiter<T> waiter) {
        Waiter<T> last = tail;
        waiter.older = last;
        waiter.queued = true;
        tail = waiter;
        if (last == null) {
            head = waiter;
        } else {
            last.younger = waiter;
        }
        size++;
        if (waiter instanceof FutureWaiter<T> future) {
            deadlines.add(future);
        }
    }

    /** False if the waiter has left before. */
    boolean remove(Waiter<T> waiter) {
        if (!waiter.queued) {
            return false;
        }
        Waiter<T> before = waiter.older;
        Waiter<T> behind = waiter.younger;
        if (behind == null) {
            tail = before;
        } else {
            behind.older = before;
        }
        if (before == null) {
            head = behind;
        } else {
            before.younger = behind;
        }
        waiter.older = null;
        waiter.younger = null;
        waiter.queued = false;
        size--;
        if (waiter instanceof FutureWaiter<T> future) {
            deadlines.remove(future);
        }
        return true;
    }

    /** Whether of all who can't keep their time themselves this one's will be over first. */
    boolean isSoonest(Waiter<T> waiter) {
        return deadlines.first() == waiter;
    }

    /** One who can't keep its time itself, and whose time is over; or null. */
    @Nullable
    Waiter<T> late(long now) {
        FutureWaiter<T> first = deadlines.first();
        return first != null && first.deadline - now <= 0 ? first : null;
    }

    /** When the next such waiter's time will be over; far away if there is none. */
    long nextDeadline(long now) {
        FutureWaiter<T> first = deadlines.first();
        return first == null ? now + Clock.FAR_NANOS : first.deadline;
    }
}
