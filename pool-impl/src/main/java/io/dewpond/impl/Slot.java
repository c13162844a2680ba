package io.dewpond.impl;

import io.dewpond.ObjectInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A place in the pool, with or without an object in it.
 *
 * <h2>Stays</h2>
 *
 * State and generation share one word, {@code generation << 3 | state}, and every transition adds one to the generation.
 * So a value of the word names one <i>stay</i> of the place in one state and never comes back. Whoever began a stay
 * holds its value, and {@link #pass} from it is a compare-and-set: of all who want to end the same stay (two closes of a
 * lease, a creation and the timeout that gives it up), one wins, and the others learn that they came too late.
 *
 * <h2>Who may touch the fields</h2>
 *
 * The owner of the present stay, and nobody else, save where a field says otherwise: the borrower while leased, the thread
 * that took the place into maintenance, the creation. Ownership passes through the word (or the pool's lock), and with
 * it the edge from the last owner's writes to the next owner's reads.
 */
final class Slot<T> {
    /** What {@link #pass} returns to the one who came too late; no stay has this value. */
    static final long LOST = -1;

    /**
     * How far ahead an object counts as about to go. A tenth of its age at most, so that no object is about to go from its
     * birth, however short its life is.
     */
    private static final long MOST_LEAD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Slot.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final int index;

    private volatile long word = State.EMPTY.withGeneration(0);

    /** Present in every state but empty and creating. */
    private @Nullable T object;

    private long createdAt;
    private long validatedAt;
    private double jitter;

    /** When the object was last released or created; the queue's lock guards it while the place is idle. */
    private long usedAt;

    private long leases;

    /** Leases of all objects that ever were here. Written by the owner, read by anybody who counts. */
    private volatile long leasesEver;

    /** Set while leased, for those who ask who holds the object: written by the owner, read by anybody. */
    private volatile @Nullable SlotLease<T> lease;

    // What follows belongs to the pool's lock, whatever the state.

    /** Which {@link Exchange} epoch the object was made in. */
    long epoch;
    /** Whether the exchange counts on this place to have an object ready soon. */
    boolean expected;
    /** Whether the object is about to be destroyed. */
    boolean doomed;
    /** Whether the object will soon be evicted, so that it doesn't count as a spare. */
    boolean ageing;
    /** Whether a creation that was given up still hangs. There is room for one such creation beside a new one. */
    boolean haunted;
    /** Whether the present creation has overrun its time but can't be given up, because the place is haunted. */
    boolean stalled;

    Slot(int index) {
        this.index = index;
    }

    long stay() {
        return word;
    }

    State state() {
        return State.of(word);
    }

    /**
     * Ends a stay and begins the next.
     *
     * @return the new stay, or {@link #LOST} if another ended the old one before
     */
    long pass(long stay, State next) {
        if (!State.of(stay).mayBecome(next)) {
            throw new AssertionError("bug: " + this + " can't go from " + State.of(stay) + " to " + next);
        }
        long entered = next.withGeneration((stay >>> 3) + 1);
        return WORD.compareAndSet(this, stay, entered) ? entered : LOST;
    }

    /** As {@link #pass} where nobody can have come before: the caller alone can end the stay. */
    long mustPass(long stay, State next) {
        long entered = pass(stay, next);
        if (entered == LOST) {
            throw new AssertionError("bug: " + this + " left " + State.of(stay) + " behind its owner's back");
        }
        return entered;
    }

    void fill(T made, long now) {
        object = made;
        createdAt = now;
        usedAt = now;
        validatedAt = now;
        jitter = ThreadLocalRandom.current().nextDouble();
        leases = 0;
    }

    @Nullable
    T clear() {
        T gone = object;
        object = null;
        return gone;
    }

    T object() {
        T present = object;
        if (present == null) {
            throw new AssertionError("bug: " + this + " has no object");
        }
        return present;
    }

    /** Lends the object, in a stay that the caller owns. Publishes the lease before anybody can end it. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: the owner
    SlotLease<T> lend(SlotPool<T> pool, long stay, Thread borrower, long now) {
        leases++;
        leasesEver++;
        SlotLease<T> given = new SlotLease<>(pool, this, object(), mustPass(stay, State.LEASED), borrower, now);
        lease = given;
        return given;
    }

    void used(long now) {
        lease = null;
        usedAt = now;
    }

    void validated(long now) {
        validatedAt = now;
    }

    /** Whether neither a borrower nor a validation has touched the object for that long. */
    boolean untestedFor(long nanos, long now) {
        return now - Math.max(usedAt, validatedAt) >= nanos;
    }

    /** What a policy gets to know, at a moment that may lie ahead. */
    ObjectInfo infoAt(long moment) {
        return new Readings(
                Math.max(0, moment - createdAt),
                Math.max(0, moment - usedAt),
                Math.max(0, moment - validatedAt),
                leases,
                jitter);
    }

    /** For the holder of the lock, while the slot is idle. */
    Sighting<T> sight(long now) {
        long lead = Math.min(MOST_LEAD_NANOS, Math.max(0, now - createdAt) / 10);
        return new Sighting<>(this, word, object(), infoAt(now), infoAt(now + lead));
    }

    long leasesEver() {
        return leasesEver;
    }

    @Nullable
    SlotLease<T> lease() {
        return lease;
    }

    @Override
    public String toString() {
        return "slot " + index + " " + state();
    }

    private record Readings(long ageNanos, long idleNanos, long sinceValidationNanos, long leases, double jitter)
            implements ObjectInfo {}
}
