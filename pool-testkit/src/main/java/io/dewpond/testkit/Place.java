package io.dewpond.testkit;

import io.dewpond.ObjectFactory;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A place of the {@link ReferencePool} and what is in it; guarded by the pool's lock. */
final class Place<T> {
    enum State {
        CREATING,
        IDLE,
        /** Judged by the policy or the validator; idle again afterwards, or doomed. */
        INSPECTED,
        /** Validated though nobody asks for it; then as above. */
        VISITED,
        LEASED,
        /** Reset and judged by the borrower who gives it back. */
        RETURNING,
        DOOMED
    }

    final int slot;
    /** Makes and destroys what is here. */
    final ObjectFactory<T> factory;

    State state = State.CREATING;
    /** Not to be lent again, because a refresh came after it. */
    boolean outdated;
    /** To be validated before it is lent again, however little time has passed. */
    boolean suspect;

    @Nullable
    Loan<T> loan;

    private @Nullable T object;
    private final double jitter = ThreadLocalRandom.current().nextDouble();
    private long createdAt;
    private long usedAt;
    private long validatedAt;
    private long inspectedAt;
    private long leases;
    private long timeLent;
    private long order;

    Place(int slot, ObjectFactory<T> factory) {
        this.slot = slot;
        this.factory = factory;
    }

    T object() {
        return Objects.requireNonNull(object, "bug: nothing in this place yet");
    }

    void filled(T created, long now) {
        object = created;
        createdAt = now;
        usedAt = now;
        validatedAt = now;
        inspectedAt = now;
    }

    /** The how manieth release made this idle, or creation. */
    long order() {
        return order;
    }

    void order(long next) {
        order = next;
    }

    void lent(ReferenceLease<T> to) {
        state = State.LEASED;
        loan = to.loan;
        leases++;
    }

    /** The last lease was none; returns how many there were. */
    long unlent() {
        return --leases;
    }

    void returned(long now) {
        state = State.RETURNING;
        timeLent += loan == null ? 0 : now - loan.since;
        loan = null;
        usedAt = now;
        inspectedAt = now;
    }

    void inspected(boolean validated, long now) {
        inspectedAt = now;
        validatedAt = validated ? now : validatedAt;
        suspect = suspect && !validated;
    }

    /** How long it is since somebody could tell that the object is good. */
    long unprovenNanos(long now) {
        return Math.min(now - usedAt, now - validatedAt);
    }

    long uninspectedNanos(long now) {
        return now - inspectedAt;
    }

    long unvalidatedNanos(long now) {
        return now - validatedAt;
    }

    /** Tells one stay among the idle from the next. */
    long leases() {
        return leases;
    }

    FixedObjectInfo info(long now) {
        return new FixedObjectInfo(now - createdAt, now - usedAt, now - validatedAt, leases, jitter, timeLent, 0);
    }
}
