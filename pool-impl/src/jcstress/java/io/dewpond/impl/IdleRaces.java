package io.dewpond.impl;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.dewpond.Lease;
import io.dewpond.impl.Rig.Thing;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Releases against those who look at what is idle: what may be lent is found, what may not doesn't stay. */
final class IdleRaces {
    private static final String FOUND = "found";
    private static final String HIDDEN = "hidden";
    /** So many that a search loses its patience, and clears bits. */
    private static final int SEVERAL = 10;

    private static String search(Slots<Thing> places, Slot<Thing> idle) {
        return places.nextIdle(0) == idle ? FOUND : HIDDEN;
    }

    /** A release makes its object idle, then looks at the bit; a search clears the bit, then looks at the object. */
    @JCStressTest
    @Outcome(id = FOUND, expect = ACCEPTABLE, desc = "the next search finds the object")
    @Outcome(id = HIDDEN, expect = FORBIDDEN, desc = "an idle object that nobody finds")
    @State
    public static class ReleaseMeetsSearch {
        private final Slots<Thing> places = Rig.lentPlaces(SEVERAL);
        private final Slot<Thing> last = places.all().get(SEVERAL - 1);
        private final long leased = last.stay();

        @Actor
        public void releaser() {
            last.putBack(leased, Rig.NOW);
            places.mark(last);
        }

        @Actor
        public void search() {
            places.nextIdle(0);
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = IdleRaces.search(places, last);
        }
    }

    /** The bit may be set in a row that is just being replaced by a longer one. */
    @JCStressTest
    @Outcome(id = FOUND, expect = ACCEPTABLE, desc = "the next search finds the object")
    @Outcome(id = HIDDEN, expect = FORBIDDEN, desc = "an idle object that nobody finds")
    @State
    public static class ReleaseMeetsLongerRow {
        private final Slots<Thing> places = Rig.lentPlaces(SEVERAL);
        private final Slot<Thing> last = places.all().get(SEVERAL - 1);
        private final long leased = last.stay();

        public ReleaseMeetsLongerRow() {
            places.nextIdle(0); // clears the bit
        }

        @Actor
        public void releaser() {
            last.putBack(leased, Rig.NOW);
            places.mark(last);
        }

        @Actor
        public void resize() {
            places.extendTo(SEVERAL + 1);
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = IdleRaces.search(places, last);
        }
    }

    /** A release makes its object idle, then looks at the beacon; a refresh shows itself, then takes what is idle. */
    @JCStressTest
    @Tag("G51")
    @Outcome(id = "MAINTENANCE", expect = ACCEPTABLE, desc = "about to be destroyed")
    @Outcome(id = "IDLE", expect = FORBIDDEN, desc = "an object from before the refresh stays idle")
    @State
    public static class ReleaseMeetsRefresh {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void operator() {
            CompletableFuture<Void> unused = rig.exchange.refresh(Rig.NOW);
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = rig.first.state();
        }
    }

    /** The same where the release takes the longer way, by a reset. */
    @JCStressTest
    @Tag("G51")
    @Outcome(id = "MAINTENANCE", expect = ACCEPTABLE, desc = "about to be destroyed")
    @Outcome(id = "IDLE", expect = FORBIDDEN, desc = "an object from before the refresh stays idle")
    @State
    public static class ResetMeetsRefresh {
        private final Rig rig = Rig.resetting(1);
        private final Lease<Thing> lease = rig.borrow();

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void operator() {
            CompletableFuture<Void> unused = rig.exchange.refresh(Rig.NOW);
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = rig.first.state();
        }
    }

    /** So with the end of the pool. */
    @JCStressTest
    @Tag("G53")
    @Outcome(id = "MAINTENANCE", expect = ACCEPTABLE, desc = "about to be destroyed")
    @Outcome(id = "IDLE", expect = FORBIDDEN, desc = "an object stays idle in a closed pool")
    @State
    public static class ReleaseMeetsShutdown {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void operator() {
            rig.exchange.close(Rig.NOW);
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = rig.first.state();
        }
    }

    /** And with a resize downward. */
    @JCStressTest
    @Outcome(id = "MAINTENANCE", expect = ACCEPTABLE, desc = "about to be destroyed")
    @Outcome(id = "IDLE", expect = FORBIDDEN, desc = "one object more than there may be stays idle")
    @State
    public static class ReleaseMeetsResize {
        private final Rig rig = Rig.of(2);
        private final Lease<Thing> lease = rig.borrow();
        private final Lease<Thing> kept = rig.borrow();

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void operator() {
            rig.exchange.resize(0, 1, Rig.NOW);
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = Rig.isOn(kept) ? rig.first.state() : "the other lease was ended";
        }
    }
}
