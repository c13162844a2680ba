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
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** Releases against those who wait: nobody waits while something is idle, and nothing is lost between the two. */
final class QueueRaces {
    private static final String SEEN = "seen";
    private static final String LOST = "lost";

    /** A release makes its object idle, then looks for a waiter; a waiter joins, then looks for an idle object. */
    @JCStressTest
    @Tag("G5")
    @Outcome(id = SEEN, expect = ACCEPTABLE, desc = "the waiter has seen the object, or will look again")
    @Outcome(id = LOST, expect = FORBIDDEN, desc = "the waiter sleeps beside an idle object")
    @State
    public static class ReleaseMeetsWaiter {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private Waiter<Thing> waiter;
        private boolean found;

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void waiter() {
            waiter = rig.enqueue();
            found = rig.first.isIdle();
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = found || waiter.hasNews() ? SEEN : LOST;
        }
    }

    /** A release signals whom it sees at the head; if that one leaves, the next sees to it that it looks. */
    @JCStressTest
    @Tag("G10")
    @Outcome(id = SEEN, expect = ACCEPTABLE, desc = "the new head looks")
    @Outcome(id = LOST, expect = FORBIDDEN, desc = "the new head sleeps beside an idle object")
    @State
    public static class ReleaseMeetsNewHead {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private final Waiter<Thing> head = rig.enqueue();
        private final Waiter<Thing> next = rig.enqueue();

        public ReleaseMeetsNewHead() {
            next.watchful = true; // it wakes by itself in time, so it needn't be woken but for something idle
        }

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void leaver() {
            rig.exchange.withdraw(head, false, Rig.NOW);
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = next.hasNews() ? SEEN : LOST;
        }
    }

    /** Who waits without a thread has the object fetched: by the one who joins the queue, or by the one who releases. */
    @JCStressTest
    @Tag("G12")
    @Outcome(id = "MAINTENANCE", expect = ACCEPTABLE, desc = "fetched, and on its way to be offered")
    @Outcome(id = "LEASED", expect = ACCEPTABLE, desc = "handed over by the release")
    @Outcome(id = "IDLE", expect = FORBIDDEN, desc = "a future waits beside an idle object")
    @State
    public static class ReleaseMeetsFuture {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void waiter() {
            rig.enqueueFuture();
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = rig.first.state();
        }
    }

    /** A release signals a head that takes nothing; a resume shows that the pool lends, then has the head look. */
    @JCStressTest
    @Tag("G52")
    @Outcome(id = SEEN, expect = ACCEPTABLE, desc = "the head took the object, or will look again")
    @Outcome(id = LOST, expect = FORBIDDEN, desc = "the head sleeps beside an idle object")
    @State
    public static class ReleaseMeetsResume {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private final Waiter<Thing> head = rig.enqueue();

        public ReleaseMeetsResume() {
            rig.exchange.suspend();
            head.watchful = true; // as above
        }

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void operator() {
            rig.exchange.resume(Rig.NOW);
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = head.hasNews() ? SEEN : LOST;
        }
    }

    /** A head that looks takes its signal first; what it finds shut a resume opens, and signals after that. */
    @JCStressTest
    @Tag("G52")
    @Outcome(id = SEEN, expect = ACCEPTABLE, desc = "the head saw that the pool lends, or will look again")
    @Outcome(id = LOST, expect = FORBIDDEN, desc = "the head sleeps beside an idle object")
    @State
    public static class LookMeetsResume {
        private final Rig rig = Rig.of(1);
        private final Waiter<Thing> head;
        private boolean open;

        public LookMeetsResume() {
            rig.exchange.suspend();
            head = rig.enqueue();
            head.signal();
            head.watchful = true; // as above
        }

        @Actor
        public void head() {
            head.takeSignal();
            open = !Beacon.has(rig.beacon.word(), Beacon.SHUT_TO_THE_HEAD);
        }

        @Actor
        public void operator() {
            rig.exchange.resume(Rig.NOW);
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = open || head.hasNews() ? SEEN : LOST;
        }
    }

    /** Who makes an object idle does that, then signals; the head takes its signal, then looks. */
    @JCStressTest
    @Tag("G5")
    @Outcome(id = SEEN, expect = ACCEPTABLE, desc = "the head has seen the object, or will look again")
    @Outcome(id = LOST, expect = FORBIDDEN, desc = "the signal is taken, the object not seen")
    @State
    public static class SignalMeetsLook {
        private final Slot<Thing> slot = Rig.idlePlace();
        private final long leased = slot.tryLease();
        private final Waiter<Thing> head = new Waiter<>(Rig.NOW, Rig.NOW, null); // signalled, as any new one
        private boolean found;

        @Actor
        public void releaser() {
            slot.putBack(leased, Rig.NOW);
            head.signal();
        }

        @Actor
        public void head() {
            head.takeSignal();
            found = slot.isIdle();
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = found || head.hasNews() ? SEEN : LOST;
        }
    }

    /** A waiter is granted the object or has left, and the object is with it or idle. */
    @JCStressTest
    @Tag("G10")
    @Outcome(id = "true, IDLE", expect = ACCEPTABLE, desc = "left in time")
    @Outcome(id = "false, LEASED", expect = ACCEPTABLE, desc = "too late to leave: it has the object")
    @Outcome(expect = FORBIDDEN, desc = "both or neither")
    @State
    public static class GrantMeetsTimeout {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private final Waiter<Thing> waiter = rig.enqueue();
        private boolean left;

        public GrantMeetsTimeout() {
            rig.exchange.starve(waiter);
        }

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void waiter() {
            left = rig.exchange.withdraw(waiter, true, Rig.NOW);
        }

        @Arbiter
        public void outcome(ZL_Result result) {
            result.r1 = left;
            result.r2 = Rig.isOn(waiter.lease()) == left ? "the waiter says otherwise" : rig.first.state();
        }
    }

    /** What is granted to one who leaves in that instant is for the next in the queue, or goes there by itself. */
    @JCStressTest
    @Tag("G10")
    @Outcome(id = "true, next", expect = ACCEPTABLE, desc = "left in time: the next has it")
    @Outcome(id = "false, next", expect = ACCEPTABLE, desc = "granted, and given on to the next")
    @Outcome(expect = FORBIDDEN, desc = "the object went elsewhere")
    @State
    public static class GrantMeetsInterrupt {
        private final Rig rig = Rig.of(1);
        private final Lease<Thing> lease = rig.borrow();
        private final Waiter<Thing> head = rig.enqueue();
        private final Waiter<Thing> next = rig.enqueue();
        private boolean left;

        public GrantMeetsInterrupt() {
            next.watchful = true; // as above
            rig.exchange.starve(head);
        }

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void waiter() {
            left = rig.exchange.withdraw(head, false, Rig.NOW);
            SlotLease<Thing> granted = head.lease();
            if (granted != null) {
                granted.giveOn();
            }
        }

        @Arbiter
        public void outcome(ZL_Result result) {
            result.r1 = left;
            boolean idleAndSignalled = rig.first.isIdle() && next.hasNews();
            result.r2 = Rig.isOn(next.lease()) || idleAndSignalled ? "next" : rig.first.state();
        }
    }
}
