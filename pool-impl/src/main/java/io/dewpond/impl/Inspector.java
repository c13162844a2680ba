package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectInfo;
import io.dewpond.PoolConfig;
import io.dewpond.Resetter;
import io.dewpond.Ticker;
import io.dewpond.Validator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user's policy, validator and resetter about an object whose slot the caller owns. Whatever they throw means
 * that the object is bad.
 */
final class Inspector<T> {
    /** Why an object goes on which the policy hangs. */
    static final String TOO_SLOW = "the policy took too long";
    /** Why an object goes of which the policy says no more than that. */
    private static final String UNTOLD = "evicted by a policy";

    private final String name;
    private final Ticker ticker;
    private final @Nullable Validator<? super T> validator;
    private final @Nullable Resetter<? super T> resetter;
    private final EvictionPolicy<? super T> policy;
    private final boolean judges;
    private final long validateAfterIdle;
    private final long validateEvery;
    private final boolean validatesOnRelease;
    /** Whether each release takes the careful way: to be validated or measured, or because the pool wants it so. */
    private final boolean looksAtEachRelease;

    private final boolean validatesAfterCreate;
    private final Events<T> events;
    private final AtomicLong failures = new AtomicLong();

    /** What nobody has touched since then may be as bad as the one that was found bad then. Written by anybody. */
    private volatile long suspectedAt;

    private volatile boolean suspects;

    Inspector(PoolConfig<T> config, Events<T> events, boolean takesCare) {
        this.events = events;
        name = config.name();
        ticker = config.ticker();
        validator = config.validator();
        policy = config.evictionPolicy();
        judges = config.evictionPolicy() != EvictionPolicy.never();
        validateAfterIdle = config.validateAfterIdle().toNanos();
        validateEvery = config.validateEvery().toNanos();
        validatesOnRelease = config.validateOnRelease();
        looksAtEachRelease = validatesOnRelease || config.timings() || takesCare;
        resetter = looksAtEachRelease ? onlyIfNeeded(config.resetter()) : config.resetter();
        validatesAfterCreate = config.validateAfterCreate();
    }

    /** Where each release takes the careful way, that an object needs a reset isn't asked before. */
    private static <T> @Nullable Resetter<T> onlyIfNeeded(@Nullable Resetter<? super T> resetter) {
        return resetter == null
                ? null
                : object -> {
                    if (resetter.isNeeded(object)) {
                        resetter.reset(object);
                    }
                };
    }

    /** Whether idle objects have to be looked at from time to time. */
    boolean looksAtIdle() {
        return judges || validateEvery > 0;
    }

    /** Whether a look at an idle object may find anything to do. Asks nobody. */
    boolean mayHaveToLook(Slot<T> slot, long now) {
        return slot.isIdle() && ((judges && slot.mayGo(now)) || isValidationDue(now - slot.validatedAt()));
    }

    /** Whether there is anybody to ask before an object is lent. */
    boolean asksAtAcquire() {
        return judges || validator != null;
    }

    /** Whether there is anybody to ask, or anything to measure, when an object is released. */
    boolean asksAtRelease() {
        return judges || looksAtEachRelease || resetter != null;
    }

    /** Whether the release of this object has to ask anybody. */
    boolean looksAtReleased(Slot<T> slot, long now) {
        return looksAtEachRelease || (judges && !slot.isSafe(now)) || needsReset(slot);
    }

    /** Asked by who closes a lease, before it has ended; who comes late may ask about another's object, or about none. */
    private boolean needsReset(Slot<T> slot) {
        if (resetter == null) {
            return false;
        }
        T object = slot.present();
        try {
            return object == null || resetter.isNeeded(object);
        } catch (Throwable thrown) {
            failed(Callback.RESET, thrown);
            return true;
        }
    }

    /**
     * Asks the policy, unless it has said before that it won't evict the object yet; returns why the object goes, or null if
     * it stays. If the call is given up meanwhile, the slot may have another object by now: then nothing more is asked,
     * nothing is noted, and the verdict is void anyway.
     */
    @Nullable
    String eviction(Slot<T> slot, long now) {
        if (!judges) {
            return null;
        }
        slot.settleLease();
        if (slot.isSafe(now)) {
            return null;
        }
        long stay = slot.stay();
        BooleanSupplier lasts = () -> slot.stay() == stay;
        T object = slot.object();
        ObjectInfo info = slot.infoAt(now);
        String why = eviction(object, info, lasts);
        if (why != null || !lasts.getAsBoolean()) {
            return why != null ? why : TOO_SLOW;
        }
        long nanos = nanosToLive(object, info, lasts);
        if (!lasts.getAsBoolean()) {
            return TOO_SLOW;
        }
        slot.safeFor(nanos, now);
        return null;
    }

    /**
     * Why the policy evicts an object, or null if it doesn't. It is asked for its reason before anybody has taken the object,
     * where that is idle, so that nothing is out of reach if it hangs.
     */
    @Nullable
    String eviction(T object, ObjectInfo info, BooleanSupplier counts) {
        if (!judges) {
            return null;
        }
        try {
            if (!policy.shouldEvict(object, info)) {
                return null;
            }
        } catch (Throwable thrown) {
            policyFailed(thrown, counts);
            return "the policy threw " + thrown.getClass().getSimpleName();
        }
        return counts.getAsBoolean() ? reason(object, info, counts) : TOO_SLOW;
    }

    private String reason(T object, ObjectInfo info, BooleanSupplier counts) {
        try {
            String reason = policy.reason(object, info);
            if (reason != null) {
                return reason;
            }
            throw new NullPointerException("The eviction policy of pool '" + name + "' gave no reason");
        } catch (Throwable thrown) {
            policyFailed(thrown, counts);
            return UNTOLD;
        }
    }

    /** What the policy throws counts unless the call has been given up, and counted, before. */
    private void policyFailed(Throwable thrown, BooleanSupplier counts) {
        if (counts.getAsBoolean()) {
            failed(Callback.EVICT, thrown);
        }
    }

    /** For how long the policy won't evict an object, as far as it can tell. */
    long nanosToLive(T object, ObjectInfo info, BooleanSupplier counts) {
        try {
            return judges ? policy.nanosToLive(object, info) : Clock.FAR_NANOS;
        } catch (Throwable thrown) {
            policyFailed(thrown, counts);
            return 0;
        }
    }

    /** Whether the policy would evict an object at a moment that lies ahead. */
    boolean evicts(T object, ObjectInfo info, BooleanSupplier counts) {
        if (!judges) {
            return false;
        }
        try {
            return policy.shouldEvict(object, info);
        } catch (Throwable thrown) {
            policyFailed(thrown, counts);
            return true;
        }
    }

    boolean needsValidationBeforeLease(Slot<T> slot, long now) {
        if (validator == null) {
            return false;
        }
        // With zero it is always due: the time may be a coarse one, and lie before the last touch.
        return validateAfterIdle == 0
                || now - slot.touchedAt() >= validateAfterIdle
                || (suspects && slot.touchedAt() - suspectedAt < 0);
    }

    /** An object was found bad that had been good: whatever broke it may have broken all that were idle with it. */
    void suspectAll() {
        suspectedAt = ticker.nanoTime();
        suspects = true;
    }

    /** The same, from one who knows it from elsewhere: what was released in this very instant is a suspect too. */
    void suspectIdle() {
        suspectedAt = ticker.nanoTime() + 1;
        suspects = true;
    }

    boolean needsValidation(Slot<T> slot, long now) {
        return needsValidationBeforeLease(slot, now) || needsValidationWhileIdle(slot.infoAt(now));
    }

    boolean needsValidationWhileIdle(ObjectInfo info) {
        return isValidationDue(info.sinceValidationNanos());
    }

    /** How long it is until an idle object is due for a validation; zero or less if it is. Asks nobody, so a guess. */
    long untilValidation(Slot<T> slot, long now) {
        return validateEvery > 0 ? validateEvery - (now - slot.validatedAt()) : Clock.FAR_NANOS;
    }

    private boolean isValidationDue(long sinceValidationNanos) {
        return validateEvery > 0 && sinceValidationNanos >= validateEvery;
    }

    boolean validAfterCreate(T object) {
        return !validatesAfterCreate || passes(object, () -> true);
    }

    boolean validOnRelease(Slot<T> slot, long stay) {
        return !validatesOnRelease || valid(slot, stay);
    }

    boolean valid(Slot<T> slot, long stay) {
        // A validation that was given up has been counted; what its thread throws then is an echo.
        if (!passes(slot.object(), () -> slot.stay() == stay)) {
            return false;
        }
        if (slot.stay() == stay) {
            long now = ticker.nanoTime();
            // Not before the suspicion that it answers, which may be of this instant: or it would be validated for
            // ever.
            slot.validated(suspects && suspectedAt - now == 1 ? suspectedAt : now);
        }
        return true;
    }

    private boolean passes(T object, BooleanSupplier counts) {
        try {
            return validator == null || validator.isValid(object);
        } catch (Throwable thrown) {
            if (counts.getAsBoolean()) {
                failed(Callback.VALIDATE, thrown);
            }
            return false;
        }
    }

    boolean reset(Slot<T> slot) {
        if (resetter == null) {
            return true;
        }
        try {
            resetter.reset(slot.object());
            return true;
        } catch (Throwable thrown) {
            failed(Callback.RESET, thrown);
            return false;
        }
    }

    /** Counts, logs and tells what a callback did. */
    void failed(Callback callback, Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // it is the borrower's own if this is the borrower's thread
        }
        failures.incrementAndGet();
        Log.POOL.warn("Pool '{}': {} failed: {}", name, callback, cause.toString());
        Log.POOL.debug("Pool '{}': {} failed", name, callback, cause);
        events.tell(listener -> listener.callbackFailed(callback, cause));
    }

    long failures() {
        return failures.get();
    }
}
