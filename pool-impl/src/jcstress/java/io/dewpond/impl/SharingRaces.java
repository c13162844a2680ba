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

/** Pools that share a budget of one object: who lacks it meets who has it. */
final class SharingRaces {
    private static final String YIELDS = "yields";
    private static final String STAYS = "stays";

    private SharingRaces() {}

    /** A release makes its object idle, then looks at the budget; who lacks a permit shows it there, then looks for objects. */
    @JCStressTest
    @Outcome(id = YIELDS, expect = ACCEPTABLE, desc = "the object makes room")
    @Outcome(id = STAYS, expect = FORBIDDEN, desc = "somebody waits for room while another pool has something idle")
    @State
    @Tag("G65")
    public static class ReleaseMeetsLack {
        private final Budget budget = new Budget(1);
        private final Allowance lacking = new Allowance(budget, passing -> {}, 1);
        private final Rig rig = Rig.sharing(budget, new Allowance(budget, this::makeRoom, 0));
        private final Lease<Thing> lease = rig.borrow();

        private void makeRoom(boolean passing) {
            Resting<Thing> found = rig.exchange.longestIdle();
            if (found != null && budget.beginYield(passing) && !found.makesRoom()) {
                budget.cancelYield();
            }
        }

        @Actor
        public void releaser() {
            lease.close();
        }

        @Actor
        public void waiter() {
            if (budget.settle(lacking, 1, 0, Rig.NOW).presses()) {
                makeRoom(false);
            }
        }

        @Arbiter
        public void outcome(L_Result result) {
            result.r1 = rig.first.isIdle() ? STAYS : YIELDS;
        }
    }
}
