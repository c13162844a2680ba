package io.dewpond.benchmarks;

import java.util.Arrays;

/** The arithmetic of the tables. */
final class Arithmetic {
    private Arithmetic() {}

    /** The middle one, or the mean of the two in the middle. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Half the way from the least to the most. */
    static double halfRange(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[sorted.length - 1] - sorted[0]) / 2;
    }

    /** Jain's index of fairness: 1 if all got the same, 1/n if one of n got everything. */
    static double jain(long... counts) {
        double sum = 0;
        double squares = 0;
        for (long count : counts) {
            sum += count;
            squares += (double) count * count;
        }
        return squares == 0 ? 1 : sum * sum / (counts.length * squares);
    }

    /** The time in which each thread would be served once, if they took turns. */
    static double fairTurn(int threads, long served, double elapsed) {
        return threads * elapsed / served;
    }

    /** What the thread that got least got, as a part of an equal share. */
    static double leastShare(long... counts) {
        double mean = Arrays.stream(counts).average().orElse(0);
        return mean == 0 ? 1 : Arrays.stream(counts).min().orElse(0) / mean;
    }
}
