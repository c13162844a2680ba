package io.dewpond.impl;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who of the {@link WaitQueue} can't keep their time themselves, in the order of their deadlines. Guarded as that is. */
final class Deadlines<T> {
    private final TreeSet<FutureWaiter<T>> soonestFirst = new TreeSet<>(Deadlines::compare);
    private long added;

    /** Readings of the time compare by their difference only; of two equal ones, the older waiter comes first. */
    private static int compare(FutureWaiter<?> a, FutureWaiter<?> b) {
        int byDeadline = Long.signum(a.deadline - b.deadline);
        return byDeadline != 0 ? byDeadline : Long.compare(a.number, b.number);
    }

    void add(FutureWaiter<T> waiter) {
        waiter.number = added++;
        soonestFirst.add(waiter);
    }

    void remove(FutureWaiter<T> waiter) {
        soonestFirst.remove(waiter);
    }

    @Nullable
    FutureWaiter<T> first() {
        return soonestFirst.isEmpty() ? null : soonestFirst.first();
    }
}
