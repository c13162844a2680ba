package io.dewpond.impl;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account of a pool's places: which are empty, how many objects are on their way. Each method moves one place and keeps
 * the sums. That a place is idle or lent is no part of it, for both become so without the lock. Not thread-safe: it belongs to the lock of the {@link Exchange}.
 */
final class Places<T> {
    private final Slots<T> slots;
    private final BitSet empty = new BitSet();
    private int occupied;
    private int creating;
    private int slow;
    private int expected;
    private int stalled;
    private int doomed;

    Places(Slots<T> slots) {
        this.slots = slots;
    }

    /** Sees to it that there are that many places. There are never fewer again: the surplus just stays empty. */
    void extendTo(int size) {
        int before = slots.size();
        slots.extendTo(size);
        empty.set(before, slots.size());
    }

    /** Places that are not empty. */
    int occupied() {
        return occupied;
    }

    /** Places that are creating, but for the stalled. */
    int creating() {
        return creating;
    }

    /** Of those creating, the ones that are counted on. */
    int promising() {
        return creating - slow;
    }

    /** Places from which an object may be expected soon: those creating, and those under inspection. */
    int expected() {
        return expected;
    }

    /** Places with an object that may be lent some time. */
    int alive() {
        return occupied - creating - stalled - doomed;
    }

    /** Places whose object is being destroyed. */
    int doomed() {
        return doomed;
    }

    /** Places where a creation that was given up still hangs. */
    int haunted() {
        return (int) slots.all().stream().filter(slot -> slot.haunted).count();
    }

    /** Idle objects, but not more than so many; and only those that are here to stay, if asked. */
    int idle(int most, boolean lasting) {
        int count = 0;
        Slot<T> slot = count < most ? slots.seeIdle(0) : null;
        while (slot != null) {
            count += lasting && slot.ageing ? 0 : 1;
            slot = count < most ? slots.seeIdle(slot.index + 1) : null;
        }
        return count;
    }

    /** Takes the lowest idle place into maintenance, or null. */
    @Nullable
    Taken<T> takeLowest() {
        for (Slot<T> slot = slots.nextIdle(0); slot != null; slot = slots.nextIdle(slot.index + 1)) {
            long stay = slot.tryTake();
            if (stay != Slot.LOST) {
                return new Taken<>(slot, stay);
            }
        }
        return null;
    }

    /** Takes the highest idle place into maintenance, or null. */
    @Nullable
    Taken<T> takeHighest() {
        for (Slot<T> slot = slots.previousIdle(slots.size()); slot != null; slot = slots.previousIdle(slot.index)) {
            long stay = slot.tryTake();
            if (stay != Slot.LOST) {
                return new Taken<>(slot, stay);
            }
        }
        return null;
    }

    /** A place in maintenance has an object to lend, and nobody waits for it. */
    void becomeIdle(Slot<T> slot, long stay) {
        slot.mustPass(stay, State.IDLE);
        slots.mark(slot);
    }

    // ---- Objects on their way --------------------------------------------------------------------------------------

    void expect(Slot<T> slot) {
        expected += slot.expected ? 0 : 1;
        slot.expected = true;
    }

    void unexpect(Slot<T> slot) {
        expected -= slot.expected ? 1 : 0;
        slot.expected = false;
    }

    /** A creation that runs is counted on no more, but it goes on. */
    void countOut(Slot<T> slot) {
        slow += slot.expected ? 1 : 0;
        unexpect(slot);
    }

    /** Claims the lowest empty place for a creation; there must be one. */
    Taken<T> beginCreation(long epoch) {
        int index = empty.nextSetBit(0);
        Slot<T> slot = slots.all().get(index);
        slot.epoch = epoch;
        slot.ageing = false;
        long stay = slot.mustPass(slot.stay(), State.CREATING);
        empty.clear(index);
        occupied++;
        creating++;
        expect(slot);
        return new Taken<>(slot, stay);
    }

    /** The creation has ended, well or not. */
    void endCreation(Slot<T> slot) {
        if (slot.stalled) {
            slot.stalled = false;
            stalled--;
        } else {
            creating--;
            slow -= slot.expected ? 0 : 1;
        }
        unexpect(slot);
    }

    /** The creation is no longer counted on, but its place isn't free either. */
    void stall(Slot<T> slot) {
        endCreation(slot);
        slot.stalled = true;
        stalled++;
    }

    void becomeEmpty(Slot<T> slot, long stay) {
        slot.clear();
        slot.mustPass(stay, State.EMPTY);
        unexpect(slot);
        doomed -= slot.doomed ? 1 : 0;
        slot.doomed = false;
        empty.set(slot.index);
        occupied--;
    }

    /** The object of this place will be destroyed: the place is taken until then, but not for long. */
    void doom(Slot<T> slot) {
        doomed += slot.doomed ? 0 : 1;
        slot.doomed = true;
    }

    // ---- Looking on ------------------------------------------------------------------------------------------------

    List<Slot<T>> all() {
        return slots.all();
    }

    /** Reads each place's word once, so that the numbers add up though objects are lent and released meanwhile. */
    Map<State, Integer> countByState() {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (Slot<T> slot : slots.all()) {
            counts.merge(slot.state(), 1, Integer::sum);
        }
        return counts;
    }
}
