package io.dewpond.impl;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.dewpond.Lease;
import io.dewpond.impl.Rig.Thing;
import org.junit.jupiter.api.Tag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** What passes from one who has a place to the next, and to those who only look on. */
final class ReleaseRaces {
    private static final int NOTHING = -1;

    /** What the holder wrote to the object, in plain fields, the next one reads. */
    @JCStressTest
    @Tag("G15")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not released yet")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "released, and seen as it was left")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "lent without what the last holder wrote")
    @State
    public static class ReleaseBeforeAcquire {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();

        @Actor
        public void holder() {
            lease.get().written = 1;
            lease.close();
        }

        @Actor
        public void next(I_Result result) {
            result.r1 = rig.pool.tryAcquire().map(next -> next.get().written).orElse(NOTHING);
        }
    }

    /** The same by way of a reset, where the object is the pool's for a moment. */
    @JCStressTest
    @Tag("G15")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not released yet")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "released, reset, and seen so")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "lent before its reset")
    @State
    public static class ResetBeforeAcquire {
        private final Rig rig = Rig.resetting(1);
        private final Lease<Thing> lease = rig.borrow();

        @Actor
        public void holder() {
            lease.close();
        }

        @Actor
        public void next(I_Result result) {
            result.r1 = rig.pool.tryAcquire().map(next -> next.get().resets).orElse(NOTHING);
        }
    }

    /** What the pool knows of an object passes with it: here, when it was released. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not released yet")
    @Outcome(id = "7", expect = ACCEPTABLE, desc = "released at 7, as the next owner knows")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the next owner knows an older time")
    @State
    public static class PlaceKnowsItsLastRelease {
        private final Slot<Thing> slot = Rig.idlePlace();
        private final long leased = slot.tryLease();

        @Actor
        public void holder() {
            slot.putBack(leased, 7);
        }

        @Actor
        public void next(I_Result result) {
            result.r1 = slot.tryTake() == Slot.LOST ? NOTHING : (int) slot.touchedAt();
        }
    }

    /** Who holds the object and since when are told of one lease, never half of two. */
    @JCStressTest
    @Outcome(id = "nobody", expect = ACCEPTABLE, desc = "it was being given or given back")
    @Outcome(id = "first", expect = ACCEPTABLE, desc = "true of the first lease")
    @Outcome(id = "second", expect = ACCEPTABLE, desc = "true of the second lease")
    @Outcome(id = "mixed", expect = FORBIDDEN, desc = "a holder with the other's stay or time")
    @State
    public static class HoldingIsTrueOfOneLease {
        private static final Thread FIRST = new Thread();
        private static final Thread SECOND = new Thread();

        private final Slot<Thing> slot = Rig.idlePlace();
        private final long stay = slot.tryLease();

        public HoldingIsTrueOfOneLease() {
            slot.lend(stay, FIRST, 1, null);
        }

        @Actor
        public void borrowers() {
            slot.putBack(stay, 1);
            slot.lend(slot.tryLease(), SECOND, 2, null);
        }

        @Actor
        public void onlooker(L_Result result) {
            Holding<Thing> held = slot.holding();
            if (held == null) {
                result.r1 = "nobody";
            } else if (held.stay() == stay && held.borrower() == FIRST && held.since() == 1) {
                result.r1 = "first";
            } else if (held.stay() != stay && held.borrower() == SECOND && held.since() == 2) {
                result.r1 = "second";
            } else {
                result.r1 = "mixed";
            }
        }
    }

    /** A lease gives out its own object or, once it has ended, none: not the one that is in its place then. */
    @JCStressTest
    @Tag("G14")
    @Outcome(id = "own", expect = ACCEPTABLE, desc = "the lease was on")
    @Outcome(id = "ended", expect = ACCEPTABLE, desc = "the lease had ended")
    @Outcome(id = "another's", expect = FORBIDDEN, desc = "an ended lease gave out another's object")
    @State
    public static class EndedLeaseReadsNoOther {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private final long leased = rig.first.stay();
        private final Thing own = lease.get();
        private final Thing other = new Thing();

        @Actor
        public void replace() {
            Rig.replace(rig.first, leased, other);
            rig.first.tryLease();
        }

        @Actor
        public void late(L_Result result) {
            Thing seen = Rig.thingOf(lease);
            result.r1 = seen == null ? "ended" : seen == own ? "own" : "another's";
        }
    }

    /** Nor does the one who looks on pair an idle object with the stay of another. */
    @JCStressTest
    @Outcome(id = "nothing", expect = ACCEPTABLE, desc = "it was not idle, or went meanwhile")
    @Outcome(id = "old", expect = ACCEPTABLE, desc = "the first object in its stay")
    @Outcome(id = "new", expect = ACCEPTABLE, desc = "the second object in its stay")
    @Outcome(id = "mixed", expect = FORBIDDEN, desc = "one object in the stay of the other")
    @State
    public static class SightingIsTrueOfOneStay {
        private final Slot<Thing> slot = Rig.idlePlace();
        private final long idle = slot.stay();
        private final Thing other = new Thing();

        @Actor
        public void replace() {
            Rig.replace(slot, idle, other);
        }

        @Actor
        public void onlooker(L_Result result) {
            Sighting<Thing> seen = slot.sight(Rig.NOW);
            if (seen == null) {
                result.r1 = "nothing";
            } else if ((seen.object() == other) == (seen.stay() == idle)) {
                result.r1 = "mixed";
            } else {
                result.r1 = seen.object() == other ? "new" : "old";
            }
        }
    }
}
