package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.Admission;
import io.dewpond.AdmissionPolicy;
import io.dewpond.testkit.QueueSimulation;
import io.dewpond.testkit.Timing;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the simulation says of a queue, the engine does, borrower by borrower. */
@Tag("G61")
class SheddingTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    static Stream<QueueSimulation> overloads() {
        QueueSimulation plain = QueueSimulation.of(4)
                .arrivals(Timing.exponential(MILLI))
                .holds(Timing.exponential(MILLI.multipliedBy(8)))
                .acquireTimeout(Duration.ofMillis(40))
                .length(Duration.ofMillis(150));
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
        AdmissionPolicy codel = AdmissionPolicy.codel(MILLI.multipliedBy(5), MILLI.multipliedBy(20));
        return Stream.of(1L, 2L)
                .flatMap(seed -> Stream.of(
                                plain,
                                plain.maxWaiters(5),
                                plain.admission(codel),
                                plain.admission(codel).acquireTimeout(MILLI.multipliedBy(4)),
                                plain.admission(oneInThree))
                        .map(simulation -> simulation.seed(seed)));
    }

    @ParameterizedTest
    @MethodSource("overloads")
    void engineDoesAsItsModel(QueueSimulation simulation) {
        assertEquals(simulation.run(), simulation.runOn(Pools::open));
    }
}
