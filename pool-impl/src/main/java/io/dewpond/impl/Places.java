package io.dewpond.impl;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account of a pool's places: which are idle, which empty, how many objects are on their way. Each method moves one
 * place and keeps the sums. Not thread-safe: it belongs to the lock of the {@link Exchange}.
 */
final class Places<T> {
    private final List<Slot<T>> slots = new ArrayList<>();
    private final BitSet idle = new BitSet();
    private final BitSet empty = new BitSet();
    private int occupied;
    private int creating;
    private int expected;
    private int stalled;
    private int ageing;
    private int doomed;

    /** Sees to it that there are that many places. There are never fewer again: the surplus just stays empty. */
    void extendTo(int size) {
        while (slots.size() < size) {
            empty.set(slots.size());
            slots.add(new Slot<>(slots.size()));
        }
    }

    /** Places that are not empty. */
    int occupied() {
        return occupied;
    }

    /** Places that are creating, but for the stalled. */
    int creating() {
        return creating;
    }

    /** Places from which an object may be expected soon: those creating, and those under inspection. */
    int expected() {
        return expected;
    }

    /** Places whose creation has overrun its time but can't be given up. */
    int stalled() {
        return stalled;
    }

    /** Places whose object is being destroyed. */
    int doomed() {
        return doomed;
    }

    /** Places where a creation that was given up still hangs. */
    int haunted() {
        return (int) slots.stream().filter(slot -> slot.haunted).count();
    }

    int idle() {
        return idle.cardinality();
    }

    /** Idle objects that are here to stay. */
    int spares() {
        return idle.cardinality() - ageing;
    }

    BitSet idlePlaces() {
        return (BitSet) idle.clone();
    }

    // ---- Idle ------------------------------------------------------------------------------------------------------

    void becomeIdle(Slot<T> slot, long stay) {
        slot.mustPass(stay, State.IDLE);
        idle.set(slot.index);
        ageing += slot.ageing ? 1 : 0;
    }

    /** Takes the lowest idle place into maintenance, or null. */
    @Nullable
    Taken<T> takeLowest() {
        return take(idle.nextSetBit(0));
    }

    /** Takes the highest idle place into maintenance, or null. */
    @Nullable
    Taken<T> takeHighest() {
        return take(idle.length() - 1);
    }

    /** Takes a place into maintenance if it is idle in this very stay, or null. */
    @Nullable
    Taken<T> takeIfStill(Slot<T> slot, long stay) {
        return take(idle.get(slot.index) && slot.stay() == stay ? slot.index : -1);
    }

    /** Looks at a place without taking it, or null if it isn't idle. */
    @Nullable
    Sighting<T> sight(int index, long now) {
        return idle.get(index) ? slots.get(index).sight(now) : null;
    }

    /** From now on the object doesn't count as a spare; nothing if the place isn't idle in this very stay. */
    void age(Slot<T> slot, long stay) {
        if (idle.get(slot.index) && slot.stay() == stay && !slot.ageing) {
            slot.ageing = true;
            ageing++;
        }
    }

    private @Nullable Taken<T> take(int index) {
        if (index < 0) {
            return null;
        }
        Slot<T> slot = slots.get(index);
        idle.clear(index);
        ageing -= slot.ageing ? 1 : 0;
        return new Taken<>(slot, slot.mustPass(slot.stay(), State.MAINTENANCE));
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

    /** Claims the lowest empty place for a creation; there must be one. */
    Taken<T> beginCreation(long epoch) {
        int index = empty.nextSetBit(0);
        Slot<T> slot = slots.get(index);
        long stay = slot.mustPass(slot.stay(), State.CREATING);
        slot.epoch = epoch;
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
        return slots;
    }

    /** Reads each place's word once, so that the numbers add up though leases end meanwhile without the lock. */
    Map<State, Integer> countByState() {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (Slot<T> slot : slots) {
            counts.merge(slot.state(), 1, Integer::sum);
        }
        return counts;
    }

    /** Leases that are out now. One that is being given at this moment may be missing. */
    List<SlotLease<T>> leases() {
        List<SlotLease<T>> out = new ArrayList<>();
        for (Slot<T> slot : slots) {
            SlotLease<T> lease = slot.lease();
            if (lease != null && slot.state() == State.LEASED) {
                out.add(lease);
            }
        }
        return out;
    }
}
