package io.dewpond.benchmarks;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Lets a crowd loose for a while and tells how each of them fared. */
final class Gathering {
    private final List<Member> members;
    private final Stop stop;
    private final boolean virtual;

    Gathering(List<Member> members, Stop stop, boolean virtual) {
        this.members = members;
        this.stop = stop;
        this.virtual = virtual;
    }

    SortedMap<String, Double> run(long nanos) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(members.size());
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(members.size());
        for (Member member : members) {
            Runnable life = () -> {
                ready.countDown();
                try {
                    gate.await();
                    member.live();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    gone.countDown();
                }
            };
            (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(life);
        }
        ready.await();
        long begun = System.nanoTime();
        gate.countDown();
        Pause.of(nanos);
        stop.now();
        if (!gone.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("misbehaves: a thread never came back");
        }
        return tell((stop.instant() - begun) / 1e9);
    }

    private SortedMap<String, Double> tell(double seconds) {
        long[] counts = members.stream().mapToLong(Member::count).toArray();
        long served = LongStream.of(counts).sum();
        double longest =
                members.stream().mapToLong(Member::longestWaitNanos).max().orElse(0) / 1e9;
        double turn = Arithmetic.fairTurn(counts.length, served, seconds);
        SortedMap<String, Double> results = new TreeMap<>();
        results.put("rate", served / seconds);
        results.put("starved", (double)
                LongStream.of(counts).filter(count -> count == 0).count());
        results.put("jain", Arithmetic.jain(counts));
        results.put("longest", longest * 1e3);
        results.put("turn", turn * 1e3);
        results.put("turns", longest / turn);
        results.put("timeouts", (double)
                members.stream().mapToLong(Member::timeouts).sum());
        return results;
    }
}
