package io.dewpond.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Some threads do the same thing over and over for a while. Operations are counted over the wall time of all threads:
 * the sum of the threads' own rates would count a thread that is starved as if it had not been there.
 */
final class Stint {
    /** What is done over and over. */
    @FunctionalInterface
    interface Work {
        void once() throws Exception;
    }

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long[] counts;
    private final double elapsedNanos;
    private final long allocated;

    private Stint(long[] counts, double elapsedNanos, long allocated) {
        this.counts = counts;
        this.elapsedNanos = elapsedNanos;
        this.allocated = allocated;
    }

    static Stint of(Work work, int threads, long nanos) throws Exception {
        Worker[] workers = new Worker[threads];
        Stop stop = new Stop();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        CyclicBarrier start = new CyclicBarrier(threads + 1);
        CountDownLatch end = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            workers[i] = new Worker(work, stop, start, end, failure);
            workers[i].setDaemon(true);
            workers[i].start();
        }
        start.await();
        Pause.of(nanos);
        stop.now();
        if (!end.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("misbehaves: a thread never came back");
        }
        if (failure.get() != null) {
            throw new IllegalStateException("misbehaves: an operation failed", failure.get());
        }
        long[] counts = new long[threads];
        long allocated = 0;
        long longest = 0;
        for (int i = 0; i < threads; i++) {
            counts[i] = workers[i].count;
            allocated += workers[i].allocated;
            // By the first to start: threads that were let in late have had their share of the time all the same.
            longest = Math.max(longest, stop.instant() - workers[i].begun);
        }
        return new Stint(counts, longest, allocated);
    }

    /** Operations of each thread. */
    long[] counts() {
        return counts.clone();
    }

    long total() {
        return Arrays.stream(counts).sum();
    }

    double perMicrosecond() {
        return total() / (elapsedNanos / 1_000);
    }

    /** Bytes that the threads allocated, an operation. */
    double bytes() {
        return (double) allocated / total();
    }

    private static final class Worker extends Thread {
        private final Work work;
        private final Stop stop;
        private final CyclicBarrier start;
        private final CountDownLatch end;
        private final AtomicReference<@Nullable Throwable> failure;
        private long begun;
        private long count;
        private long allocated;

        Worker(
                Work work,
                Stop stop,
                CyclicBarrier start,
                CountDownLatch end,
                AtomicReference<@Nullable Throwable> failure) {
            this.work = work;
            this.stop = stop;
            this.start = start;
            this.end = end;
            this.failure = failure;
        }

        @Override
        public void run() {
            try {
                start.await();
                begun = System.nanoTime();
                long before = THREADS.getCurrentThreadAllocatedBytes();
                count = repeat();
                allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            } finally {
                end.countDown();
            }
        }

        private long repeat() throws Exception {
            long done = 0;
            while (!stop.isNow()) {
                work.once();
                done++;
            }
            return done;
        }
    }
}
