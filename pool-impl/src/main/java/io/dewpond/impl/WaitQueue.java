package io.dewpond.impl;

import org.jspecify.annotations.Nullable;

/**
 * Those who wait, in order of arrival. Guarded by the lock of the {@link Exchange}, save that anybody may ask who is the
 * head.
 */
final class WaitQueue<T> {
    private volatile @Nullable Waiter<T> head;
    private @Nullable Waiter<T> tail;
    private int size;

    /** The oldest waiter, or null. */
    @Nullable
    Waiter<T> head() {
        return head;
    }

    int size() {
        return size;
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
        return true;
    }
}
