package io.dewpond.impl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places, and where among them to look for an idle object: a bit for each, 64 to a word, so that looking costs no
 * more in a pool of a thousand than in one of ten.
 *
 * <h2>The bits are hints</h2>
 *
 * What is true is the slot's own word; a bit says where it is worth looking. So that a busy slot's bit needn't be written
 * twice a cycle, by two threads, a bit stays set while its object is lent: whoever makes an object idle sets the bit only
 * if it isn't set, and whoever finds it set in vain clears it, if he has found several so. What must hold is that no idle
 * object stays hidden. It does, because both sides write first and look then, all of it volatile: one makes the slot idle
 * and looks at the bit, the other clears the bit and looks at the slot. In whatever order that happens, one sees the
 * other's write, and sets the bit.
 */
final class Slots<T> {
    /** How many lent objects a search passes by before it clears their bits: few enough to be cheaper than clearing. */
    private static final int PATIENCE = 8;
    /** Bits of different pools, or bits and other fields, don't share a line. */
    private static final int APART = 8;

    private static final VarHandle MARKS = MethodHandles.arrayElementVarHandle(long[].class);

    private final SlotPool<T> pool;
    private final int patience;
    /** Replaced as a whole when there are more places; in the copy every bit is set, so that none is missed. */
    private volatile Row<T> row = new Row<>(List.of());

    Slots(SlotPool<T> pool) {
        this(pool, PATIENCE);
    }

    /** A search without patience shows what a search does to bits, in a pool small enough to be model-checked. */
    Slots(SlotPool<T> pool, int patience) {
        this.pool = pool;
        this.patience = patience;
    }

    private static final class Row<T> {
        final List<Slot<T>> list;
        final Slot<T>[] slots;
        final long[] marks;

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of nothing but slots
        Row(List<Slot<T>> list) {
            this.list = list;
            slots = list.toArray(new Slot[0]);
            marks = new long[APART + (slots.length + 63) / 64 + APART];
        }
    }

    /** Sees to it that there are that many places. There are never fewer again. Called under the lock. */
    void extendTo(int size) {
        List<Slot<T>> old = row.list;
        if (size > old.size()) {
            List<Slot<T>> all = new ArrayList<>(old);
            while (all.size() < size) {
                all.add(new Slot<>(pool, all.size()));
            }
            Row<T> longer = new Row<>(List.copyOf(all));
            Arrays.fill(longer.marks, -1);
            row = longer;
        }
    }

    List<Slot<T>> all() {
        return row.list;
    }

    int size() {
        return row.slots.length;
    }

    /** The slot at a place, or null if there is no such place. */
    @Nullable
    Slot<T> at(int index) {
        Slot<T>[] slots = row.slots;
        return index < slots.length ? slots[index] : null;
    }

    /** Lets others find an object that has just become idle. */
    void mark(Slot<T> slot) {
        if (slot.hidden) {
            slot.hidden = false;
            set(row.marks, slot.index);
        }
    }

    /**
     * The first idle slot from a place on, or null, for one who takes it. It may have been taken when the caller gets it.
     */
    @Nullable
    Slot<T> nextIdle(int from) {
        return search(from, patience);
    }

    /**
     * The same for one who only looks on, and therefore clears no bit. Until who clears a bit has looked again, nobody else
     * finds the object; not even a waiter who is signalled because of it, and who won't be again. If it is then taken,
     * that is as if it had been taken before, and its release will signal; if it is only looked at, the waiter sleeps on.
     */
    @Nullable
    Slot<T> seeIdle(int from) {
        return search(from, Integer.MAX_VALUE);
    }

    private @Nullable Slot<T> search(int from, int most) {
        Row<T> now = row;
        int inVain = 0;
        int words = (now.slots.length + 63) >>> 6;
        for (int w = from >>> 6; w < words; w++) {
            long bits = (long) MARKS.getVolatile(now.marks, APART + w);
            if (w == from >>> 6) {
                bits &= -1L << from;
            }
            for (; bits != 0; bits &= bits - 1) {
                int index = (w << 6) + Long.numberOfTrailingZeros(bits);
                if (index >= now.slots.length) {
                    break;
                }
                if (isIdle(now, index) || (++inVain > most && isIdleThough(now, index))) {
                    return now.slots[index];
                }
            }
        }
        return null;
    }

    /** The last idle slot before a place, or null. It may have been taken when the caller gets it. */
    @Nullable
    Slot<T> previousIdle(int before) {
        Row<T> now = row;
        for (int index = before - 1; index >= 0; index--) {
            if (now.slots[index].isIdle()) {
                return now.slots[index];
            }
        }
        return null;
    }

    boolean anyIdle() {
        return seeIdle(0) != null;
    }

    private static <T> boolean isIdle(Row<T> row, int index) {
        return row.slots[index].isIdle();
    }

    /** Clears the bit of a slot that wasn't idle, and looks again. */
    private static <T> boolean isIdleThough(Row<T> row, int index) {
        Slot<T> slot = row.slots[index];
        MARKS.getAndBitwiseAnd(row.marks, APART + (index >>> 6), ~(1L << index));
        slot.hidden = true;
        if (!slot.isIdle()) {
            return false;
        }
        set(row.marks, index);
        return true;
    }

    private static void set(long[] marks, int index) {
        long bit = 1L << index;
        int word = APART + (index >>> 6);
        if (((long) MARKS.getVolatile(marks, word) & bit) == 0) {
            MARKS.getAndBitwiseOr(marks, word, bit);
        }
    }
}
