package io.dewpond.impl;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/** However searches that clear bits meet releases that set them: what is idle is found. The searches have no patience. */
class SlotsModelTest {
    @Test
    void searchThatBeginsAfterTheObjectBecameIdleFindsIt() {
        new ModelCheckingOptions()
                .iterations(Interleavings.programs(10))
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(OnePlace.class);
    }

    @Test
    void nothingThatIsIdleStaysHidden() {
        new ModelCheckingOptions()
                .iterations(Interleavings.programs(10))
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class)
                .check(TwoPlaces.class);
    }

    /**
     * Who searches takes what he finds, and lends it; others only look. With one place each answers as if it took no time.
     */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class OnePlace {
        private final Slots<String> slots = idle(1);
        private final boolean[] holds = new boolean[3];

        @Operation
        public boolean acquire(@Param(name = "thread") int thread) {
            Slot<String> found = slots.nextIdle(0);
            boolean taken = found != null && found.tryLease() != Slot.LOST;
            holds[thread] |= taken;
            return taken;
        }

        @Operation
        public boolean look() {
            return slots.anyIdle();
        }

        @Operation
        public void release(@Param(name = "thread") int thread) {
            if (holds[thread]) {
                holds[thread] = false;
                releaseOf(slots, 0);
            }
        }
    }

    /**
     * With two, a search that comes by before the object moves and again after may find neither. And who knows where the
     * object is doesn't need its bit, and may lend and release it while another is about to set the bit. But when all have
     * done what they began, nothing is hidden.
     */
    @Param(name = "place", gen = IntGen.class, conf = "0:1")
    public static class TwoPlaces {
        private final Slots<String> slots = idle(2);

        @Operation
        public boolean search() {
            for (Slot<String> slot = slots.nextIdle(0); slot != null; slot = slots.nextIdle(slot.index + 1)) {
                if (slot.tryLease() != Slot.LOST) {
                    return true;
                }
            }
            return false;
        }

        @Operation
        public boolean leaseByHint(@Param(name = "place") int place) {
            return slots.all().get(place).tryLease() != Slot.LOST;
        }

        @Operation
        public boolean release(@Param(name = "place") int place) {
            return releaseOf(slots, place);
        }

        @Validate
        public void nothingIsHidden() {
            List<Slot<String>> found = new ArrayList<>();
            for (Slot<String> slot = slots.nextIdle(0); slot != null; slot = slots.nextIdle(slot.index + 1)) {
                found.add(slot);
            }
            List<Slot<String>> idle = slots.all().stream().filter(Slot::isIdle).toList();
            if (!found.equals(idle)) {
                throw new AssertionError("found " + found + " of " + idle);
            }
        }
    }

    private static boolean releaseOf(Slots<String> slots, int place) {
        Slot<String> slot = slots.all().get(place);
        long stay = slot.stay();
        if (!State.LEASED.is(stay) || !slot.putBack(stay, 0)) {
            return false;
        }
        slots.mark(slot);
        return true;
    }

    private static Slots<String> idle(int places) {
        Slots<String> slots = new Slots<>(null, 0);
        slots.extendTo(places);
        for (Slot<String> slot : slots.all()) {
            long creating = slot.mustPass(slot.stay(), State.CREATING);
            slot.fill("object", 0);
            slot.mustPass(slot.mustPass(creating, State.MAINTENANCE), State.IDLE);
            slots.mark(slot);
        }
        return slots;
    }
}
