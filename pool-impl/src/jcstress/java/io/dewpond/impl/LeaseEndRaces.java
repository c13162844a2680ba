package io.dewpond.impl;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.dewpond.Lease;
import io.dewpond.impl.Rig.Thing;
import org.junit.jupiter.api.Tag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** Of two who end one lease one does, and the other harms nobody. */
final class LeaseEndRaces {
    private static final String ON = "on";
    private static final String ENDED = "ended";

    private static String tell(boolean isOn) {
        return isOn ? ON : ENDED;
    }

    /** The place goes on by one stay: one close has ended the lease. */
    @JCStressTest
    @Tag("G13")
    @Outcome(id = "1, IDLE", expect = ACCEPTABLE, desc = "one of the two ended it")
    @Outcome(expect = FORBIDDEN, desc = "both or neither")
    @State
    public static class CloseMeetsClose {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private final long leased = rig.first.stay();

        @Actor
        public void one() {
            lease.close();
        }

        @Actor
        public void other() {
            lease.close();
        }

        @Arbiter
        public void outcome(IL_Result result) {
            result.r1 = (int) ((rig.first.stay() >>> 3) - (leased >>> 3));
            result.r2 = rig.first.state();
        }
    }

    /** The object is reset once, by the one whose close counts. */
    @JCStressTest
    @Tag("G13")
    @Outcome(id = "1, IDLE", expect = ACCEPTABLE, desc = "reset by one of the two")
    @Outcome(expect = FORBIDDEN, desc = "reset by both or by neither")
    @State
    public static class CloseMeetsCloseWithAReset {
        private final Rig rig = Rig.resetting(1);
        private final Lease<Thing> lease = rig.borrow();
        private final Thing thing = lease.get();

        @Actor
        public void one() {
            lease.close();
        }

        @Actor
        public void other() {
            lease.close();
        }

        @Arbiter
        public void outcome(IL_Result result) {
            result.r1 = thing.resets;
            result.r2 = rig.first.state();
        }
    }

    /** The pool ends a lease that is out for too long, at the moment at which it is closed. */
    @JCStressTest
    @Tag("G70")
    @Outcome(id = "true, MAINTENANCE", expect = ACCEPTABLE, desc = "the pool has the object; the close was late")
    @Outcome(id = "false, IDLE", expect = ACCEPTABLE, desc = "closed in time; the pool was late")
    @Outcome(expect = FORBIDDEN, desc = "both or neither")
    @State
    public static class CloseMeetsReclaim {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private final long leased = rig.first.stay();
        private boolean reclaimed;

        @Actor
        public void borrower() {
            lease.close();
        }

        @Actor
        public void pool() {
            reclaimed = rig.first.pass(leased, io.dewpond.impl.State.MAINTENANCE) != Slot.LOST;
        }

        @Arbiter
        public void outcome(ZL_Result result) {
            result.r1 = reclaimed;
            result.r2 = rig.first.state();
        }
    }

    /** A close that comes when the object is lent again leaves the new lease alone. */
    @JCStressTest
    @Tag("G13")
    @Outcome(id = ON, expect = ACCEPTABLE, desc = "the next lease goes on")
    @Outcome(id = ENDED, expect = FORBIDDEN, desc = "a late close has ended the next lease")
    @State
    public static class LateCloseMeetsNextLease {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> first = rig.borrow();
        private Lease<Thing> second;

        @Actor
        public void borrower() {
            first.close();
            second = rig.borrow();
        }

        @Actor
        public void late() {
            first.close();
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = tell(Rig.isOn(second));
        }
    }

    /** Nor does one that comes when the object was handed to the head of the queue. */
    @JCStressTest
    @Tag("G13")
    @Outcome(id = ON, expect = ACCEPTABLE, desc = "the head's lease goes on")
    @Outcome(id = ENDED, expect = FORBIDDEN, desc = "the head was granted nothing, or its lease was ended")
    @State
    public static class LateCloseMeetsHandOver {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private final Waiter<Thing> head = rig.enqueue();

        public LateCloseMeetsHandOver() {
            rig.exchange.starve(head);
        }

        @Actor
        public void one() {
            lease.close();
        }

        @Actor
        public void other() {
            lease.close();
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = tell(Rig.isOn(head.lease()));
        }
    }

    /** The object goes exactly if the invalidation was accepted. */
    @JCStressTest
    @Tag("G13")
    @Tag("G14")
    @Outcome(id = "true, MAINTENANCE", expect = ACCEPTABLE, desc = "invalidated, and about to be destroyed")
    @Outcome(id = "false, IDLE", expect = ACCEPTABLE, desc = "closed before, so refused")
    @Outcome(expect = FORBIDDEN, desc = "refused but done, or accepted and not done")
    @State
    public static class InvalidateMeetsClose {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private boolean accepted;

        @Actor
        public void invalidate() {
            try {
                lease.invalidate(null);
                accepted = true;
            } catch (IllegalStateException ended) {
                accepted = false;
            }
        }

        @Actor
        public void close() {
            lease.close();
        }

        @Arbiter
        public void outcome(ZL_Result result) {
            result.r1 = accepted;
            result.r2 = rig.first.state();
        }
    }

    /** A detached object is its holder's alone: its place is empty, or the detachment was refused. */
    @JCStressTest
    @Tag("G13")
    @Tag("G14")
    @Outcome(id = "true, EMPTY", expect = ACCEPTABLE, desc = "detached")
    @Outcome(id = "false, IDLE", expect = ACCEPTABLE, desc = "closed before, so refused")
    @Outcome(expect = FORBIDDEN, desc = "refused but done, or detached and lent again")
    @State
    public static class DetachMeetsClose {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private Thing detached;

        @Actor
        public void detach() {
            try {
                detached = lease.detach();
            } catch (IllegalStateException ended) {
                detached = null;
            }
        }

        @Actor
        public void close() {
            lease.close();
        }

        @Arbiter
        public void outcome(ZL_Result result) {
            result.r1 = detached != null;
            result.r2 = rig.first.state();
        }
    }
}
