package io.dewpond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When the ready-made policies shed, look by look: target 5 ms, interval 100 ms. */
@Tag("G61")
class AdmissionPolicyTest {
    private static final AdmissionPolicy CODEL = AdmissionPolicy.codel(Duration.ofMillis(5), Duration.ofMillis(100));
    /** A reading that overflows soon. */
    private static final long START =
            Duration.ofNanos(Long.MAX_VALUE).minusMillis(50).toNanos();

    private final Admission admission = CODEL.open();

    /** Whether the oldest of so many is shed, having waited for so long at that time. */
    private boolean sheds(long atMillis, long waitedMillis, int waiting) {
        return admission.sheds(waitedMillis * 1_000_000, START + atMillis * 1_000_000, waiting);
    }

    /** The queue stands from 0 to 100 ms, and the next look finds the pool overloaded. */
    private void overload() {
        for (int at = 0; at < 100; at += 10) {
            assertFalse(sheds(at, 10 + at, 2));
            assertFalse(admission.newestFirst());
        }
        assertTrue(sheds(100, 10, 2));
    }

    @Test
    void noneShedsNobody() {
        Admission none = AdmissionPolicy.none().open();
        assertFalse(none.sheds(Long.MAX_VALUE, START, Integer.MAX_VALUE));
        assertFalse(none.newestFirst());
        assertEquals("none", AdmissionPolicy.none().toString());
        assertSame(AdmissionPolicy.none(), AdmissionPolicy.none());
    }

    @Test
    void queueThatStandsForAnIntervalIsShedToTheTarget() {
        overload();
        assertTrue(sheds(100, 9, 3));
        assertTrue(sheds(100, 5, 2));
        assertFalse(sheds(100, 4, 2));
        assertTrue(admission.newestFirst());
    }

    @Test
    void oneWaitBelowTheTargetAndTheIntervalBeginsAnew() {
        assertFalse(sheds(0, 10, 2));
        assertFalse(sheds(50, 4, 2));
        assertFalse(sheds(60, 10, 2));
        assertFalse(sheds(159, 100, 2));
        assertTrue(sheds(160, 101, 2));
    }

    @Test
    void queueOfOneDoesNotStand() {
        assertFalse(sheds(0, 10, 2));
        assertFalse(sheds(50, 60, 1));
        assertFalse(sheds(110, 60, 2));
        assertFalse(admission.newestFirst());
    }

    @Test
    void lastOneIsServedHoweverLongItWaited() {
        overload();
        assertFalse(sheds(110, 60, 1));
    }

    @Test
    void queueThatWasLeftByAllIsAnother() {
        assertFalse(sheds(0, 10, 2));
        assertFalse(sheds(10, 20, 2));
        // The one who stayed has timed out since; two have come, at 200 ms.
        assertFalse(sheds(300, 100, 2));
        assertFalse(sheds(310, 110, 2));
        assertTrue(sheds(400, 200, 2));
    }

    @Test
    void overloadEndsWhenForAnIntervalNobodyHadToBeShed() {
        overload();
        assertFalse(sheds(150, 4, 9));
        assertTrue(sheds(199, 5, 9));
        assertFalse(sheds(298, 4, 9));
        assertTrue(admission.newestFirst());
        assertFalse(sheds(299, 90, 9));
        assertFalse(admission.newestFirst());
        assertFalse(sheds(398, 180, 9));
        assertTrue(sheds(399, 180, 9), "it has stood for an interval again");
    }

    @Test
    void quietTimeEndsAnOverloadToo() {
        overload();
        assertFalse(sheds(10_000, 50, 9));
        assertFalse(admission.newestFirst());
    }

    @Test
    void poolsShareNothing() {
        overload();
        Admission other = CODEL.open();
        assertFalse(other.sheds(50_000_000, START + 100_000_000, 9));
        assertFalse(other.newestFirst());
    }

    @Test
    void policyIsAValueAndSaysWhatItDoes() {
        assertEquals("CoDel, target 5 ms, interval 100 ms", CODEL.toString());
        AdmissionPolicy same = AdmissionPolicy.codel(Duration.ofMillis(5), Duration.ofMillis(100));
        assertEquals(CODEL, same);
        AdmissionPolicy quick = AdmissionPolicy.codel(Duration.ofNanos(500_000), Duration.ofSeconds(1));
        assertNotEquals(CODEL, quick);
        assertEquals("CoDel, target 0.5 ms, interval 1000 ms", quick.toString());
    }

    @Test
    void parametersAreChecked() {
        Duration ok = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> AdmissionPolicy.codel(Duration.ZERO, ok));
        assertThrows(IllegalArgumentException.class, () -> AdmissionPolicy.codel(ok, ok.negated()));
        assertThrows(IllegalArgumentException.class, () -> AdmissionPolicy.codel(ok, PoolConfig.LONGEST.plusNanos(1)));
        Exception mixedUp =
                assertThrows(IllegalArgumentException.class, () -> AdmissionPolicy.codel(ok, Duration.ofMillis(1)));
        assertEquals("interval is PT0.001S, but must be at least target (PT1S)", mixedUp.getMessage());
    }
}
