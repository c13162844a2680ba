package io.dewpond.impl;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the interleaving, a slot answers as if one thread after the other had asked it. */
class SlotModelTest {
    @Test
    void eachStayEndsOnceAndLateEndsChangeNothing() {
        new ModelCheckingOptions()
                .iterations(Interleavings.programs(15))
                .invocationsPerIteration(300)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(2)
                .check(Operations.class);
    }

    /** Anybody may try to end any of the first stays: those that are on, those that are over, and some to come. */
    @Param(name = "generation", gen = IntGen.class, conf = "4:6")
    public static class Operations {
        private final Slot<String> slot = new Slot<>(null, 0);

        public Operations() {
            long creating = slot.mustPass(slot.stay(), State.CREATING);
            slot.fill("object", 0);
            slot.mustPass(slot.mustPass(creating, State.MAINTENANCE), State.IDLE); // generation 3
        }

        @Operation
        public long lease() {
            return slot.tryLease();
        }

        @Operation
        public long take() {
            return slot.tryTake();
        }

        @Operation
        public boolean putBack(@Param(name = "generation") int generation) {
            return slot.putBack(State.LEASED.withGeneration(generation), 0);
        }

        @Operation
        public long endLease(@Param(name = "generation") int generation) {
            return slot.pass(State.LEASED.withGeneration(generation), State.MAINTENANCE);
        }

        @Operation
        public long endMaintenance(@Param(name = "generation") int generation) {
            return slot.pass(State.MAINTENANCE.withGeneration(generation), State.IDLE);
        }

        @Operation
        public @Nullable String get(@Param(name = "generation") int generation) {
            return slot.objectIn(State.LEASED.withGeneration(generation));
        }
    }
}
