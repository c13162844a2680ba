package io.dewpond.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What became of the borrowers of a {@link QueueSimulation}. An immutable value; equal if every borrower fared the same. */
public final class QueueOutcome {
    /** When borrowers came, and when their acquires ended, each in the order of time. */
    private final long[] offered;

    private final long[] served;
    /** What those in {@link #served} had waited, in the same order; and the same by length. */
    private final long[] waits;

    private final long[] sortedWaits;
    private final long[] shed;
    private final long[] refused;
    private final long[] timedOut;

    QueueOutcome(long[] offered, long[] served, long[] waits, long[] shed, long[] refused, long[] timedOut) {
        this.offered = offered;
        this.served = served;
        this.waits = waits;
        this.shed = shed;
        this.refused = refused;
        this.timedOut = timedOut;
        sortedWaits = waits.clone();
        Arrays.sort(sortedWaits);
    }

    /**
     * Returns how many borrowers came.
     *
     * @return the number
     */
    public int offered() {
        return offered.length;
    }

    /**
     * Returns how many were lent an object.
     *
     * @return the number
     */
    public int served() {
        return served.length;
    }

    /**
     * Returns how many were lent an object while it was of use to them: the goodput.
     *
     * @param patience how long a borrower may have waited
     * @return the number
     */
    public int servedWithin(Duration patience) {
        return before(sortedWaits, patience.toNanos() + 1);
    }

    /**
     * Returns how many the admission policy shed.
     *
     * @return the number
     */
    public int shed() {
        return shed.length;
    }

    /**
     * Returns how many were refused because too many waited.
     *
     * @return the number
     */
    public int refused() {
        return refused.length;
    }

    /**
     * Returns how many left at their deadlines.
     *
     * @return the number
     */
    public int timedOut() {
        return timedOut.length;
    }

    /**
     * Returns what so many of those who were served had waited at most.
     *
     * @param share 0.5 for the median, 1 for the longest wait
     * @return the wait; zero if nobody was served
     * @throws IllegalArgumentException if {@code share} isn't between 0 and 1
     */
    public Duration servedWait(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ", but must be between 0 and 1");
        }
        int rank = Math.max(1, (int) Math.ceil(share * sortedWaits.length));
        return sortedWaits.length == 0 ? Duration.ZERO : Duration.ofNanos(sortedWaits[rank - 1]);
    }

    /**
     * Cuts the time into windows of equal width, each an outcome of its own as of {@link #between}: a series in time.
     *
     * @param width more than zero
     * @return the windows up to the last event, the first one first
     * @throws IllegalArgumentException if {@code width} isn't more than zero
     */
    public List<QueueOutcome> windows(Duration width) {
        long nanos = width.toNanos();
        if (nanos <= 0) {
            throw new IllegalArgumentException("width is " + width + ", but must be more than zero");
        }
        long end = 0;
        for (long[] events : List.of(offered, served, shed, refused, timedOut)) {
            end = Math.max(end, events.length == 0 ? 0 : events[events.length - 1] + 1);
        }
        List<QueueOutcome> windows = new ArrayList<>();
        for (long start = 0; start < end; start += nanos) {
            windows.add(between(start, start + nanos));
        }
        return windows;
    }

    /**
     * Looks at a part of the time: at those who came, were served, shed, refused or timed out in it.
     *
     * @param start from the beginning of the simulation, included
     * @param end likewise, not included
     * @return the outcome of that time
     */
    public QueueOutcome between(Duration start, Duration end) {
        return between(start.toNanos(), end.toNanos());
    }

    private QueueOutcome between(long start, long end) {
        return new QueueOutcome(
                part(offered, start, end),
                part(served, start, end),
                Arrays.copyOfRange(waits, before(served, start), before(served, end)),
                part(shed, start, end),
                part(refused, start, end),
                part(timedOut, start, end));
    }

    private static long[] part(long[] times, long start, long end) {
        return Arrays.copyOfRange(times, before(times, start), before(times, end));
    }

    /** How many of these times, which are in order, lie before that one. */
    private static int before(long[] times, long end) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < end) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QueueOutcome outcome
                && Arrays.equals(offered, outcome.offered)
                && Arrays.equals(served, outcome.served)
                && Arrays.equals(waits, outcome.waits)
                && Arrays.equals(shed, outcome.shed)
                && Arrays.equals(refused, outcome.refused)
                && Arrays.equals(timedOut, outcome.timedOut);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(served) + Arrays.hashCode(waits);
    }

    @Override
    public String toString() {
        return offered.length + " offered, " + served.length + " served (median wait " + millis(servedWait(0.5))
                + ", 99% within "
                + millis(servedWait(0.99)) + "), " + shed.length + " shed, " + refused.length + " refused, "
                + timedOut.length + " timed out";
    }

    private static String millis(Duration wait) {
        return Math.round(wait.toNanos() / 1e5) / 10.0 + " ms";
    }
}
