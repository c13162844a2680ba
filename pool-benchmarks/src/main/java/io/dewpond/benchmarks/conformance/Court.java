package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Puts one pool on trial in JVMs of its own: one for all cases, another after each hang, one for each that asks for it. */
final class Court {
    /** Beside the case's own deadline: to start the JVM, and to close what the case left open. */
    private static final long GRACE_SECONDS = 20;

    private final Peer peer;
    private final Path log;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    Court(Peer peer, Path log) {
        this.peer = peer;
        this.log = log;
    }

    /** Runs the cases; all have an outcome then. */
    Map<String, Outcome> judge(List<Case> cases) throws IOException, InterruptedException {
        List<Case> together = new ArrayList<>();
        for (Case each : cases) {
            if (each.alone()) {
                run(List.of(each));
            } else {
                together.add(each);
            }
        }
        while (!together.isEmpty()) {
            run(together);
            together.removeIf(each -> outcomes.containsKey(each.id()));
        }
        return outcomes;
    }

    /** Runs a few in one JVM, until one hangs. */
    private void run(List<Case> cases) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:+IgnoreUnrecognizedVMOptions"));
        command.addAll(peer.jvmOptions());
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), Bailiff.class.getName()));
        command.add(peer.name());
        cases.forEach(each -> command.add(each.id()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Watchdog watchdog = new Watchdog(process);
        int next = 0;
        boolean hung = false;
        watchdog.expect(cases.get(0));
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(Bailiff.OUTCOME)) {
                    String[] words = line.split("\t", -1);
                    Outcome outcome = new Outcome(Verdict.valueOf(words[2]), words[3]);
                    outcomes.put(words[1], outcome);
                    hung = outcome.verdict() == Verdict.HANG;
                    next++;
                    if (next < cases.size()) {
                        watchdog.expect(cases.get(next));
                    }
                }
            }
        } finally {
            watchdog.dismiss();
            process.destroyForcibly().waitFor();
        }
        if (next < cases.size() && !hung) {
            outcomes.put(cases.get(next).id(), new Outcome(Verdict.HANG, "its JVM ended, or had to be killed"));
        }
    }

    /** Kills a JVM that doesn't keep the deadline itself. */
    private static final class Watchdog {
        private final Process process;
        private final CountDownLatch dismissed = new CountDownLatch(1);
        private volatile long deadline;

        private Watchdog(Process process) {
            this.process = process;
        }

        private void expect(Case next) {
            boolean starts = deadline == 0;
            deadline =
                    System.nanoTime() + TimeUnit.SECONDS.toNanos(next.deadline().toSeconds() + GRACE_SECONDS);
            if (starts) {
                Thread.ofPlatform().daemon().name("watchdog").start(this::watch);
            }
        }

        private void watch() {
            try {
                while (!dismissed.await(1, TimeUnit.SECONDS)) {
                    if (System.nanoTime() - deadline > 0) {
                        process.destroyForcibly();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void dismiss() {
            dismissed.countDown();
        }
    }
}
