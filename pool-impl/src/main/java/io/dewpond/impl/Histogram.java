package io.dewpond.impl;

import io.dewpond.TimeDistribution;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * Counts times in buckets: 64 to each power of two, so that none is wider than a 64th of what it counts, from a nanosecond to
 * all that a long holds. Records without a lock, and is read while others record.
 *
 * <p>A time is shown to the least and the greatest before it is counted, and a snapshot reads the counts first: so no
 * snapshot has counted what is beyond its least or its greatest.
 */
final class Histogram {
    private static final int BITS = 6;
    private static final int SIZE = (Long.SIZE - BITS) << BITS;

    private final LongAccumulator min = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator max = new LongAccumulator(Math::max, 0);
    private final AtomicLongArray counts = new AtomicLongArray(SIZE);

    /** Less than nothing counts as nothing: a reading of the time may be a little older than the one before. */
    void record(long nanos) {
        long time = Math.max(0, nanos);
        min.accumulate(time);
        max.accumulate(time);
        counts.getAndIncrement(bucket(time));
    }

    TimeDistribution snapshot() {
        long[] counted = new long[SIZE];
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            counted[i] = counts.get(i);
            sum += counted[i];
        }
        return sum == 0 ? new Snapshot(counted, 0, 0, 0) : new Snapshot(counted, sum, min.get(), max.get());
    }

    /** The top bits of a time, {@value #BITS} and a leading one, and how many follow; what is less has a bucket of its own. */
    static int bucket(long time) {
        int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(time));
        return (shift << BITS) + (int) (time >>> shift);
    }

    /** The greatest time in a bucket. */
    static long last(int bucket) {
        return first(bucket) + ((1L << shift(bucket)) - 1);
    }

    private static long first(int bucket) {
        int shift = shift(bucket);
        return (long) (bucket - (shift << BITS)) << shift;
    }

    private static int shift(int bucket) {
        return Math.max(0, (bucket >>> BITS) - 1);
    }

    /** Belongs to whoever has it; nobody writes to the counts any more. */
    private static final class Snapshot implements TimeDistribution {
        private final long[] counts;
        private final long count;
        private final long min;
        private final long max;

        Snapshot(long[] counts, long count, long min, long max) {
            this.counts = counts;
            this.count = count;
            this.min = min;
            this.max = max;
        }

        @Override
        public long count() {
            return count;
        }

        @Override
        public Duration min() {
            return Duration.ofNanos(min);
        }

        /** From the middles of the buckets: a sum of nanoseconds would overflow in the life of a large pool. */
        @Override
        public Duration mean() {
            double mean = 0;
            for (int i = 0; i < SIZE; i++) {
                if (counts[i] > 0) {
                    mean += (first(i) + (last(i) - first(i)) / 2.0) * counts[i] / count;
                }
            }
            return within(Math.round(mean));
        }

        @Override
        public Duration max() {
            return Duration.ofNanos(max);
        }

        @Override
        public Duration percentile(double percent) {
            if (!(percent >= 0 && percent <= 100)) {
                throw new IllegalArgumentException("percent is " + percent + ", but must be between 0 and 100");
            }
            // Just less than asked for: 99.9 percent of a thousand is a little more than 999 by this arithmetic.
            double part = Math.nextDown(percent) / 100 * count;
            long left = Math.max(1, (long) Math.ceil(part));
            for (int i = 0; i < SIZE; i++) {
                left -= counts[i];
                if (left <= 0) {
                    return within(last(i));
                }
            }
            return max();
        }

        private Duration within(long nanos) {
            return Duration.ofNanos(Math.max(min, Math.min(max, nanos)));
        }

        @Override
        public String toString() {
            return count + " times, least " + min() + ", median " + percentile(50) + ", 99% " + percentile(99)
                    + ", greatest " + max();
        }
    }
}
