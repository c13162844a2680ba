package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Admission;
import io.dewpond.AdmissionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation simulates: by hand where that is easy, by its own books, and by the pool that it is a model of. */
class QueueSimulationTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    /** Twice what four objects can serve, by every policy and limit. */
    static Stream<QueueSimulation> overloads() {
        QueueSimulation plain = QueueSimulation.of(4)
                .arrivals(Timing.exponential(MILLI))
                .holds(Timing.exponential(MILLI.multipliedBy(8)))
                .acquireTimeout(Duration.ofMillis(40))
                .length(Duration.ofMillis(150))
                .seed(42);
        AdmissionPolicy oneInThree = () -> new Admission() {
            private int asked;

            @Override
            public boolean sheds(long waitedNanos, long now, int waiting) {
                return ++asked % 3 == 0;
            }

            @Override
            public boolean newestFirst() {
                return asked % 2 == 0;
            }
        };
        return Stream.of(
                plain,
                plain.maxWaiters(5),
                plain.admission(AdmissionPolicy.codel(MILLI.multipliedBy(5), MILLI.multipliedBy(20))),
                plain.admission(oneInThree),
                plain.holds(Timing.fixed(MILLI.multipliedBy(8))).arrivals(Timing.fixed(MILLI)));
    }

    @Test
    void waitsAreWhatOneWouldReckonByHand() {
        // They come at 10, 20, 30 ... ms and stay for 15: each waits 5 ms longer than the one before, until one gives
        // up.
        QueueOutcome outcome = QueueSimulation.of(1)
                .arrivals(Timing.fixed(MILLI.multipliedBy(10)))
                .holds(Timing.fixed(MILLI.multipliedBy(15)))
                .acquireTimeout(MILLI.multipliedBy(20))
                .length(MILLI.multipliedBy(101))
                .run();
        assertEquals(
                "10 offered, 7 served (median wait 10.0 ms, 99% within 15.0 ms), 0 shed, 0 refused, 2 timed out",
                outcome.toString());
    }

    @Test
    void sameSeedGivesTheSameOutcomeAndAnotherAnother() {
        QueueSimulation simulation = QueueSimulation.of(2).length(Duration.ofSeconds(1));
        assertEquals(simulation.run(), simulation.run());
        assertEquals(simulation.run().hashCode(), simulation.run().hashCode());
        assertNotEquals(simulation.run(), simulation.seed(2).run());
    }

    @ParameterizedTest
    @MethodSource("overloads")
    void everybodyHasOneOutcomeAndStandsInOneWindow(QueueSimulation simulation) {
        QueueOutcome all = simulation.run();
        int settled = all.served() + all.shed() + all.refused() + all.timedOut();
        int left = all.offered() - settled;
        assertTrue(left >= 0 && left <= 50, all::toString);
        List<QueueOutcome> windows = all.windows(Duration.ofMillis(15));
        assertEquals(10, windows.size());
        assertEquals(
                all.offered(), windows.stream().mapToInt(QueueOutcome::offered).sum());
        assertEquals(
                all.served(), windows.stream().mapToInt(QueueOutcome::served).sum());
        assertEquals(all.shed(), windows.stream().mapToInt(QueueOutcome::shed).sum());
        assertEquals(
                all.refused(), windows.stream().mapToInt(QueueOutcome::refused).sum());
        assertEquals(
                all.timedOut(),
                windows.stream().mapToInt(QueueOutcome::timedOut).sum());
        assertEquals(
                all.servedWait(1),
                windows.stream()
                        .map(window -> window.servedWait(1))
                        .max(Duration::compareTo)
                        .orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("overloads")
    void sharesOfTheWaitsAgreeWithTheirCounts(QueueSimulation simulation) {
        QueueOutcome outcome = simulation.run();
        assertEquals(outcome.served(), outcome.servedWithin(outcome.servedWait(1)));
        assertTrue(outcome.servedWithin(outcome.servedWait(1).minusNanos(1)) < outcome.served());
        int half = outcome.servedWithin(outcome.servedWait(0.5));
        assertTrue(half * 2 >= outcome.served(), outcome::toString);
    }

    @ParameterizedTest
    @MethodSource("overloads")
    void referencePoolAgreesWithTheModel(QueueSimulation simulation) {
        assertEquals(simulation.run(), simulation.runOn(ReferencePool::open));
    }

    @Test
    void whatBreaksIsMissed() {
        QueueSimulation sound = QueueSimulation.of(2)
                .arrivals(Timing.exponential(MILLI))
                .holds(Timing.fixed(MILLI.multipliedBy(10)))
                .acquireTimeout(Duration.ofMillis(100));
        int expected = sound.run().served() / 2;
        int served = sound.breakage(0.1, Duration.ofMillis(100)).run().served();
        assertTrue(Math.abs(served - expected) < expected / 20, () -> served + " were served, not " + expected);
        QueueSimulation fragile = sound.breakage(1, MILLI);
        assertThrows(IllegalStateException.class, () -> fragile.runOn(ReferencePool::open));
    }

    @Test
    void nonsenseIsRefused() {
        QueueSimulation simulation = QueueSimulation.of(1);
        assertThrows(IllegalArgumentException.class, () -> QueueSimulation.of(0));
        assertThrows(IllegalArgumentException.class, () -> simulation.length(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> simulation.acquireTimeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> simulation.breakage(1.1, MILLI));
        QueueOutcome outcome = simulation.length(MILLI).run();
        assertThrows(IllegalArgumentException.class, () -> outcome.windows(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> outcome.servedWait(1.5));
    }
}
