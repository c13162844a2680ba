package io.dewpond.benchmarks.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.benchmarks.conformance.peer.Feature;
import io.dewpond.benchmarks.conformance.peer.Peer;
import io.dewpond.benchmarks.conformance.peer.Peers;
import io.dewpond.benchmarks.conformance.peer.Terms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConformanceTest {
    private static final int AT_ONCE = 16;

    /** A case that no pool can fail shows nothing. Each is tried on one broken pool after the other until one fails. */
    @Test
    @Timeout(600)
    void everyCaseFailsOnABrokenPool() throws Exception {
        // Peers that another test opened may have meddled with it.
        DriverManager.setLoginTimeout(0);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        Map<Case, Future<Boolean>> together = new LinkedHashMap<>();
        List<String> passed = new ArrayList<>();
        try {
            for (Case each : Cases.all()) {
                if (!each.alone()) {
                    together.put(each, threads.submit(() -> failsSomewhere(each)));
                }
            }
            for (Map.Entry<Case, Future<Boolean>> each : together.entrySet()) {
                if (!each.getValue().get()) {
                    passed.add(each.getKey().id());
                }
            }
            for (Case each : Cases.all()) {
                if (each.alone() && !failsSomewhere(each)) {
                    passed.add(each.id());
                }
            }
        } finally {
            threads.shutdownNow();
            DriverManager.setLoginTimeout(0);
        }
        assertEquals(List.of(), passed);
    }

    private static boolean failsSomewhere(Case each) throws InterruptedException {
        for (Peer broken : BrokenPools.ALL) {
            Outcome outcome = Judgement.of(each, broken);
            if (outcome.verdict() == Verdict.FAIL || outcome.verdict() == Verdict.HANG) {
                assertFalse(outcome.cause().isEmpty(), each.id());
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"J4.results", "J9.statement", "J12.trace", "G2.full", "G5.handover", "J30.key"})
    void carelessPoolPassesWhatItDoesRight(String id) throws Exception {
        assertEquals(Outcome.PASS, Judgement.of(Cases.named(id), BrokenPools.CARELESS));
    }

    /** One that waits for ever is seen to hang, and doesn't hang the program. */
    @Test
    void poolWithoutTimeoutsHangs() throws Exception {
        Peer patient = BrokenPeer.of("patient", terms -> new Careless(terms.timeout(Duration.ofDays(1))));
        Case quick = Cases.named("G2.full").within(Duration.ofSeconds(8));
        assertEquals(Verdict.HANG, Judgement.of(quick, patient).verdict());
    }

    @Test
    void caseThatNeverEndsHangs() throws Exception {
        Case endless = Case.of("G0.endless", "never", "none", trial -> new CountDownLatch(1).await())
                .within(Duration.ofMillis(50));
        assertEquals(Verdict.HANG, Judgement.of(endless, BrokenPools.CARELESS).verdict());
    }

    @Test
    void whatIsNotOfferedIsNotJudged() throws Exception {
        Peer plain = new BrokenPeer("plain", Set.of(Feature.STATEMENT_CACHE), Careless::new, Map.of());
        assertEquals(
                Verdict.NOT_OFFERED,
                Judgement.of(Cases.named("J47.kept"), plain).verdict());
    }

    @Test
    void poolThatCannotBeOpenedIsTheProgramsFault() throws Exception {
        Peer wrong = BrokenPeer.of("wrong", terms -> {
            throw new IllegalArgumentException("no such option");
        });
        Outcome outcome = Judgement.of(Cases.named("J1.twice"), wrong);
        assertEquals(Verdict.ERROR, outcome.verdict());
        assertTrue(outcome.cause().contains("no such option"), outcome.cause());
    }

    @Test
    void unforeseenFailureCountsAgainstThePool() throws Exception {
        Case surprising = Case.of("G0.surprise", "surprises", "none", trial -> {
            throw new AssertionError("on two\n lines");
        });
        assertEquals(
                new Outcome(Verdict.FAIL, "AssertionError: on two lines"),
                Judgement.of(surprising, BrokenPools.CARELESS));
    }

    @Test
    void idsAreUniqueAndTheirRowsAreInTheCatalogue() throws Exception {
        String catalogue = Files.readString(Path.of("..", "docs", "behaviours.md"));
        Set<String> ids = new HashSet<>();
        for (Case each : Cases.all()) {
            assertTrue(ids.add(each.id()), each.id());
            assertTrue(catalogue.contains("\n| " + each.row() + " |"), each.row());
            assertFalse(each.source().isEmpty(), each.id());
        }
    }

    static Stream<Peer> peers() {
        return Peers.all().stream();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void remarksAreAboutCasesThatExist(Peer peer) {
        peer.remarks().keySet().forEach(Cases::named);
    }

    /** Each real pool is configured in a way that lends a connection at all, whatever is asked for besides. */
    @ParameterizedTest
    @MethodSource("peers")
    void everyPoolOpensWithWhatItOffers(Peer peer) throws Exception {
        for (Feature feature : Feature.values()) {
            Case lends = Case.of(
                    "G0.lends",
                    "lends",
                    "none",
                    trial -> trial.open(feature).getConnection().close());
            Outcome outcome = Judgement.of(lends, peer);
            assertTrue(
                    outcome.verdict() == (peer.lacks().contains(feature) ? Verdict.NOT_OFFERED : Verdict.PASS),
                    peer.name() + ", " + feature + ": " + outcome);
        }
    }

    @Test
    void reportCountsMarksAndNotes() {
        Peer noted = new BrokenPeer("Noted", Set.of(), Careless::new, Map.of("J1.race", "by design"));
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        Cases.all().forEach(each -> outcomes.put(each.id(), Outcome.PASS));
        outcomes.put("J1.race", new Outcome(Verdict.FAIL, "two `borrowers`"));
        outcomes.put("J3.info", new Outcome(Verdict.HANG, "3 s"));
        outcomes.put("J47.kept", new Outcome(Verdict.NOT_OFFERED, "none"));
        Report report = new Report(Map.of(noted, outcomes));
        String page = report.markdown();
        int all = outcomes.size();
        assertTrue(page.contains("| Noted | this | " + (all - 3) + " of " + (all - 1) + " | 1 | 1 |"), page);
        assertTrue(page.contains("✗[^1] |"), page);
        assertTrue(page.contains("[^1]: Noted: by design"), page);
        assertTrue(page.contains("  - Noted: `two 'borrowers'`"), page);
        assertFalse(page.contains("{{"), page);
        assertEquals(2, report.failures().size());
        assertEquals(all, report.raw().size());
    }

    @Test
    void whatWasNotRunIsAnError() {
        Report report = new Report(Map.of(BrokenPools.CARELESS, Map.of()));
        assertTrue(report.markdown().contains("| error |"), "an empty table");
    }

    @Test
    void termsNeverLoseASetting() {
        Terms terms = Terms.of("url", 3).timeout(Duration.ofSeconds(9));
        for (Feature feature : Feature.values()) {
            Terms with = terms.with(feature);
            assertEquals(List.of("url", 3, Duration.ofSeconds(9)), List.of(with.url(), with.size(), with.timeout()));
            assertFalse(with.equals(terms), feature.name());
        }
    }
}
