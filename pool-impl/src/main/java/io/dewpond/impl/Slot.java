package io.dewpond.impl;

import io.dewpond.ObjectInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
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
 * lease, a creation and the timeout that gives it up, two borrowers of an idle object), one wins, and the others learn
 * that they came too late.
 *
 * <h2>Who may touch the fields</h2>
 *
 * The owner of the present stay, and nobody else, save where a field says otherwise: the borrower while leased, the thread
 * that took the place into maintenance, the creation; nobody owns an idle place. Ownership passes through the word, and
 * with it the edge from the last owner's writes to the next owner's reads: each transition is a compare-and-set, which
 * releases what was written before it and acquires what the last owner released.
 *
 * <h2>Lost leases</h2>
 *
 * All leases of a slot hold its {@link Tether}, and the slot refers to it weakly, so whether a lease is still in anybody's
 * hands costs a lease no reference object of its own. To ask a weak reference at each lease costs a third of a cycle, though.
 * So the slot also holds the tether strongly, by its {@link #anchor}, until somebody {@link #suspect wonders} whether a lease
 * is lost, and again from the next lease on. What a dead tether says of a leased stay:
 *
 * <ul>
 *   <li>If {@link #lentIn} names another stay, the lease is being given at this moment, and it says nothing.
 *   <li>If it names this stay, its lease has the tether that {@link #tether} refers to, for that is written before. The one who
 *       lent it had the tether in its hands until the lease had it. So once that tether is dead, the lease is. The anchor is
 *       either that very tether or null, whoever pulls it up when: only owners of the slot drop it, one after the other, and
 *       each drops what the reference refers to.
 *   <li>Who ends a lease keeps the tether alive until that has had its effect on the word: each method of a {@link SlotLease}
 *       ends in a {@link java.lang.ref.Reference#reachabilityFence} of the tether, and what comes before the fence
 *       <i>happens-before</i> the tether is cleared. So a stay that is on although the tether is dead will never be ended by
 *       its lease, and whoever finds that out ends it, by a compare-and-set like everybody: {@link #isLost} needs to be right
 *       only of the stay it was asked about.
 * </ul>
 *
 * A lease that has ended and is kept keeps the tether too, and the next lease's loss goes unnoticed so long. Not taken: a
 * reference queue. Each collection would fill it with the tethers of idle slots, so somebody would have to empty it, however
 * quiet the pool is; to look at the slots when there is reason to costs less.
 */
final class Slot<T> extends Padding {
    /** What {@link #pass} returns to the one who came too late; no stay has this value. */
    static final long LOST = -1;

    // The words of the hot path in generation 0: the compiler takes these for constants, but not the fields of a State.
    private static final long IDLE = State.IDLE.withGeneration(0);
    private static final long LEASED = State.LEASED.withGeneration(0);
    private static final long MAINTENANCE = State.MAINTENANCE.withGeneration(0);

    /**
     * How far ahead an object counts as about to go. A tenth of its age at most, so that no object is about to go from its
     * birth, however short its life is.
     */
    private static final long MOST_LEAD_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Objects that were used this long ago are lent again lowest first. A few readings of the coarse clock. */
    private static final long WARM_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final VarHandle WORD;
    private static final VarHandle OBJECT;
    private static final VarHandle LENT_IN;
    private static final VarHandle LEASES_EVER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(Slot.class, "word", long.class);
            OBJECT = lookup.findVarHandle(Slot.class, "object", Object.class);
            LENT_IN = lookup.findVarHandle(Slot.class, "lentIn", long.class);
            LEASES_EVER = lookup.findVarHandle(Slot.class, "leasesEver", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final SlotPool<T> pool;
    final int index;

    private volatile long word = State.EMPTY.withGeneration(0);

    /**
     * Present in every state but empty and creating; an Object for the sake of its handle. An ended lease reads it too,
     * to find out that it has ended: see {@link #objectIn}.
     */
    @SuppressWarnings("UnusedVariable") // read and written through its handle
    private @Nullable Object object;

    private long createdAt;
    private long validatedAt;
    private double jitter;

    /** When the object was last released or created. Of two rival closes of one lease both may write it, the same. */
    private long usedAt;

    /** Until when the policy has said that it won't evict the object; what others read here is a guess. */
    private long safeUntil;

    /** The same, from one who looked on and doesn't own the object: true of the stay it names. */
    private volatile @Nullable Foresight foresight;

    /** Leases of all objects that ever were here. Written by the owner, read by anybody who counts. */
    private long leasesEver;
    /** What that was when the present object came. */
    private long leasesBefore;

    // Who holds the object, and since when: true of the stay that lentIn names, see holding().
    private @Nullable Thread borrower;
    private long since;
    /** Where it was acquired, if that was recorded. */
    private @Nullable Throwable site;

    /** What the leases of the slot hold strongly; cleared when none is left that does, nor {@link #anchor}. */
    private @Nullable WeakReference<Tether<T>> tether;
    /**
     * The same, held strongly, so that a lease needn't ask the reference for it. Null once somebody wonders whether the lease
     * is lost; then the next lease asks the reference and drops anchor again.
     */
    private @Nullable Tether<T> anchor;

    @SuppressWarnings("UnusedVariable") // read and written through its handle
    private long lentIn = LOST;

    private final Ledger ledger = new Ledger();

    /** The refresh that the object belongs to, as the {@link Beacon} shows it. Written before there is an object. */
    long epoch;

    /**
     * Whether the bit of this slot may be clear in {@link Slots}, which see. Here and not there, because whoever makes the
     * object idle has this line in its cache, and waits for each load that comes after its compare-and-set.
     */
    volatile boolean hidden;

    // What follows belongs to the pool's lock, whatever the state.

    /** Whether the exchange counts on this place to have an object ready soon. */
    boolean expected;
    /** Whether the object is about to be destroyed. */
    boolean doomed;
    /** Whether the object will soon be evicted, so that it doesn't count as a spare. */
    boolean ageing;
    /** Whether a creation that was given up still hangs. There is room for one such creation beside a new one. */
    boolean haunted;
    /** Whether the object is destroyed to make room for one of another pool that shares the budget. */
    boolean yields;
    /** Whether the present creation has overrun its time but can't be given up, because the place is haunted. */
    boolean stalled;

    Slot(SlotPool<T> pool, int index) {
        this.pool = pool;
        this.index = index;
    }

    // ---- Stays -----------------------------------------------------------------------------------------------------

    long stay() {
        return word;
    }

    State state() {
        return State.of(word);
    }

    boolean isIdle() {
        return isIdle(word);
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
        return swap(stay, next.withGeneration(0));
    }

    /** As {@link #pass} where nobody can have come before: the caller alone can end the stay. */
    long mustPass(long stay, State next) {
        long entered = pass(stay, next);
        if (entered == LOST) {
            throw new AssertionError("bug: " + this + " left " + State.of(stay) + " behind its owner's back");
        }
        return entered;
    }

    /** Takes the object for a borrower, or LOST if it isn't idle. */
    long tryLease() {
        long present = word;
        return isIdle(present) ? swap(present, LEASED) : LOST;
    }

    /** Takes the object for the pool, or LOST if it isn't idle. */
    long tryTake() {
        long present = word;
        return isIdle(present) ? swap(present, MAINTENANCE) : LOST;
    }

    /** Ends a lease by making the object idle at once: whatever was written before, the next borrower sees. */
    boolean putBack(long leased, long now) {
        if (word != leased) {
            return false; // the slot is another's: it must not be written to
        }
        usedAt = now;
        return swap(leased, IDLE) != LOST;
    }

    /** Ends a lease, by its stay, and keeps the object for the one who closes it, who has to ask somebody first; or LOST. */
    long takeBack(long leased) {
        return swap(leased, MAINTENANCE);
    }

    /** Ends the caller's own maintenance by making the object idle. */
    void putBackFromMaintenance(long stay) {
        if (swap(stay, IDLE) == LOST) {
            throw new AssertionError("bug: " + this + " left maintenance behind its owner's back");
        }
    }

    private static boolean isIdle(long stay) {
        return (stay & State.BITS) == IDLE;
    }

    /** @param next the word of the next state in generation 0 */
    private long swap(long stay, long next) {
        long entered = (stay | State.BITS) + 1 | next;
        return WORD.compareAndSet(this, stay, entered) ? entered : LOST;
    }

    // ---- The object ------------------------------------------------------------------------------------------------

    void fill(T made, long now) {
        OBJECT.setRelease(this, made);
        createdAt = now;
        usedAt = now;
        validatedAt = now;
        safeFor(0, now);
        jitter = ThreadLocalRandom.current().nextDouble();
        leasesBefore = leasesEver;
        ledger.lentNanos = 0;
        ledger.settledLeases = leasesEver;
    }

    void clear() {
        OBJECT.setRelease(this, null);
    }

    T object() {
        T present = present();
        if (present == null) {
            throw new AssertionError("bug: " + this + " has no object");
        }
        return present;
    }

    /**
     * The object, if the stay is still on; else null. The order is what makes it safe: an object that came after the stay
     * was written with release, so whoever reads it with acquire sees a later word too.
     */
    @Nullable
    T objectIn(long stay) {
        T seen = present();
        return word == stay ? seen : null;
    }

    /** The object that is here now, whoever's it is. */
    @SuppressWarnings("unchecked") // only fill() writes it
    @Nullable
    T present() {
        return (T) OBJECT.getAcquire(this);
    }

    // ---- Leases ----------------------------------------------------------------------------------------------------

    /** Lends the object, in a leased stay that the caller has begun and hasn't told anybody yet. */
    SlotLease<T> lend(long leased, Thread to, long now, @Nullable Throwable where) {
        Tether<T> held = anchor;
        if (held == null) {
            held = tether();
            anchor = held;
        }
        // Opaque: one writer at a time, and those who count get a whole number that is true of some moment.
        LEASES_EVER.setOpaque(this, leasesEver + 1);
        if (borrower != to) {
            borrower = to; // mostly the same as before, and a store of a reference costs the collector's fence
        }
        since = now;
        if (where != null || site != null) {
            site = where;
        }
        // Release: who reads this stay here reads the borrower and the tether that belong to it.
        LENT_IN.setRelease(this, leased);
        return new SlotLease<>(held, leased);
    }

    /** Whether the object was never lent. For the owner. */
    boolean isNew() {
        return leasesEver == leasesBefore;
    }

    /** The last lease was none after all. For the owner. */
    void uncount() {
        LEASES_EVER.setOpaque(this, leasesEver - 1);
    }

    /** The tether for one more lease: that of the others, if it is alive, which their owners or the caller see to. */
    private Tether<T> tether() {
        WeakReference<Tether<T>> present = tether;
        Tether<T> alive = present == null ? null : present.get();
        if (alive == null) {
            alive = new Tether<>(this);
            tether = new WeakReference<>(alive);
        }
        return alive;
    }

    /** From now on {@link #isLost} can tell, after a collection. Called by anybody who wonders, at any time. */
    void suspect() {
        anchor = null;
    }

    /** Whether nobody has the lease of this stay any more, provided that the stay is still on, and is a {@link #holding}. */
    boolean isLost(long stay) {
        WeakReference<Tether<T>> seen = tether;
        VarHandle.acquireFence(); // the read above before the one below: it is true if the stay is still on
        return word == stay && seen != null && seen.refersTo(null);
    }

    /** Who holds the object; null if nobody does, or if it is being given or given back at this moment. */
    @Nullable
    Holding<T> holding() {
        long stay = word;
        if (!State.LEASED.is(stay) || (long) LENT_IN.getAcquire(this) != stay) {
            return null;
        }
        Thread holder = borrower;
        long begun = since;
        Throwable where = site;
        VarHandle.acquireFence(); // the reads above before the one below: they are true if the stay is still on
        return word == stay && holder != null ? new Holding<>(this, stay, holder, begun, where) : null;
    }

    /** Since when the object is lent, or was for the last time. For the owner. */
    long lentSince() {
        return since;
    }

    long leasesEver() {
        return (long) LEASES_EVER.getOpaque(this);
    }

    /** How long the object was lent, the last lease included if it is over. */
    private long timeLent() {
        return ledger.lentNanos + (ledger.settledLeases == leasesEver ? 0 : lastLease());
    }

    /** How long the last lease was; it may seem to have ended before it began, if it was begun by a precise clock. */
    private long lastLease() {
        return Math.max(0, usedAt - since);
    }

    /**
     * Adds the last lease, which is over, to the time that the object was lent; further calls until the next lease add
     * nothing. For the owner, who calls this before the object is lent again: a release that asks nobody can't, for it has a
     * rival, who may be closing the same lease.
     */
    void settleLease() {
        if (ledger.settledLeases != leasesEver) {
            ledger.lentNanos += lastLease();
            ledger.settledLeases = leasesEver;
        }
    }

    /** Gives the object its place in the order of releases. For the owner, before the object becomes idle. */
    void rank(long rank) {
        ledger.rank = rank;
    }

    /** The place in the order of releases that the object has in an idle stay; LOST if it isn't one, or is over. */
    long rankIn(long stay) {
        if (!isIdle(stay)) {
            return LOST;
        }
        long rank = ledger.rank;
        VarHandle.acquireFence(); // the read above before the one below: it is true if the stay is still on
        return word == stay ? rank : LOST;
    }

    // ---- Times -----------------------------------------------------------------------------------------------------

    void used(long now) {
        usedAt = now;
    }

    /** When the object was last released or created. Asked by one who looks on, so true if the stay is still on. */
    long usedAt() {
        return usedAt;
    }

    /** Whether the object was in use so recently that it is worth preferring; asked before it is taken, so a guess. */
    boolean isWarm(long now) {
        return now - usedAt <= WARM_NANOS;
    }

    void validated(long now) {
        validatedAt = now;
    }

    /** When a borrower or a validation last touched the object. */
    long touchedAt() {
        return Math.max(usedAt, validatedAt);
    }

    /** Whether the policy has said that it won't evict the object yet. */
    boolean isSafe(long now) {
        return now - safeUntil < 0;
    }

    /** Records for how long the policy won't evict the object. */
    void safeFor(long nanos, long now) {
        safeUntil = endOf(nanos, now);
    }

    /** Records the same of an object that is idle in a stay, and may be another's by now. */
    void foresee(long stay, long nanos, long now) {
        foresight = new Foresight(stay, endOf(nanos, now));
    }

    /** No time, or less, is over also for those whose reading of the time is a little older. */
    private static long endOf(long nanos, long now) {
        return now + (nanos > 0 ? Math.min(nanos, Clock.FAR_NANOS) : -Clock.FAR_NANOS);
    }

    /** Whether the policy may want the object to go, now or soon. Asked by one who looks on, so a guess. */
    boolean mayGo(long now) {
        Foresight seen = foresight;
        long safe = seen != null && seen.stay == word ? seen.until : safeUntil;
        return now + leadAt(now) - safe >= 0;
    }

    /** When a validation last touched the object. Asked by one who looks on, so a guess. */
    long validatedAt() {
        return validatedAt;
    }

    private long leadAt(long now) {
        return Math.min(MOST_LEAD_NANOS, Math.max(0, now - createdAt) / 10);
    }

    /** What a policy gets to know, at a moment that may lie ahead. */
    ObjectInfo infoAt(long moment) {
        return new Readings(
                Math.max(0, moment - createdAt),
                Math.max(0, moment - usedAt),
                Math.max(0, moment - validatedAt),
                leasesEver - leasesBefore,
                timeLent(),
                jitter);
    }

    /** What can be seen of an idle object without taking it, or null if it isn't idle or goes while one looks. */
    @Nullable
    Sighting<T> sight(long now) {
        long stay = word;
        T seen = present();
        if (!isIdle(stay) || seen == null) {
            return null;
        }
        Sighting<T> sighting = new Sighting<>(this, stay, seen, infoAt(now), infoAt(now + leadAt(now)));
        VarHandle.acquireFence(); // the reads above before the one below: they are true if the stay is still on
        return word == stay ? sighting : null;
    }

    @Override
    public String toString() {
        return "slot " + index + " " + state();
    }

    private record Foresight(long stay, long until) {}

    private record Readings(
            long ageNanos, long idleNanos, long sinceValidationNanos, long leases, long timeLentNanos, double jitter)
            implements ObjectInfo {}
}
