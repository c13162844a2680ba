package io.dewpond.benchmarks;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How a rate is measured: warm up, then several stints; the median counts.
 *
 * @param warmUps stints that don't count
 */
record Windows(int warmUps, int measured, long millis) {
    static Windows of(Cell cell) {
        return new Windows(cell.number("warmUps"), cell.number("measured"), cell.number("millis"));
    }

    SortedMap<String, Double> measure(Stint.Work work, int threads) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            Stint.of(work, threads, TimeUnit.MILLISECONDS.toNanos(millis));
        }
        double[] rates = new double[measured];
        double[] bytes = new double[measured];
        double[] least = new double[measured];
        SortedMap<String, Double> results = new TreeMap<>();
        for (int i = 0; i < measured; i++) {
            Stint stint = Stint.of(work, threads, TimeUnit.MILLISECONDS.toNanos(millis));
            rates[i] = stint.perMicrosecond();
            bytes[i] = stint.bytes();
            least[i] = Arithmetic.leastShare(stint.counts());
            results.put("window " + i, rates[i]);
            for (int thread = 0; thread < threads; thread++) {
                results.merge("count of thread " + thread, (double) stint.counts()[thread], Double::sum);
            }
        }
        results.put("rate", Arithmetic.median(rates));
        results.put("ns", 1_000 / Arithmetic.median(rates));
        results.put("bytes", Arithmetic.median(bytes));
        results.put("least share", Arithmetic.median(least));
        return results;
    }
}
