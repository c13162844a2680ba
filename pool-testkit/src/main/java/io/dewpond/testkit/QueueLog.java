package io.dewpond.testkit;

import java.util.Arrays;

/** Notes what becomes of borrowers, in nanoseconds since the beginning. */
final class QueueLog {
    private final Numbers offered = new Numbers();
    private final Numbers served = new Numbers();
    private final Numbers waits = new Numbers();
    private final Numbers shed = new Numbers();
    private final Numbers refused = new Numbers();
    private final Numbers timedOut = new Numbers();

    void offered(long now) {
        offered.add(now);
    }

    void served(long now, long waited) {
        served.add(now);
        waits.add(waited);
    }

    void shed(long now) {
        shed.add(now);
    }

    void refused(long now) {
        refused.add(now);
    }

    void timedOut(long now) {
        timedOut.add(now);
    }

    QueueOutcome outcome() {
        return new QueueOutcome(offered.all(), served.all(), waits.all(), shed.all(), refused.all(), timedOut.all());
    }

    /** A list of numbers without a box for each. */
    private static final class Numbers {
        private long[] numbers = new long[1024];
        private int size;

        void add(long number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }

        long[] all() {
            return Arrays.copyOf(numbers, size);
        }
    }
}
