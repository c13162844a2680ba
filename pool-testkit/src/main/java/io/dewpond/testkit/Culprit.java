package io.dewpond.testkit;

import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.List;

/** A callback at one of its moments: what may misbehave. */
enum Culprit {
    CREATE(
            "create",
            Runs.IN_THE_POOL,
            Entry.ACQUIRE,
            Entry.TRY_ACQUIRE,
            Entry.ACQUIRE_ASYNC,
            Entry.RESIZE,
            Entry.REFRESH),
    DESTROY("destroy", Runs.IN_THE_POOL, Entry.INVALIDATE, Entry.RESIZE, Entry.REFRESH, Entry.EVICT_IDLE),
    VALIDATE_AFTER_CREATE("isValid after create", Runs.IN_THE_POOL, Entry.ACQUIRE, Entry.EVICT_IDLE),
    VALIDATE_ON_ACQUIRE("isValid on acquire", Runs.IN_THE_POOL, Entry.ACQUIRE, Entry.TRY_ACQUIRE, Entry.ACQUIRE_ASYNC),
    VALIDATE_WHILE_IDLE("isValid while idle", Runs.IN_THE_POOL, Entry.MAINTAIN),
    VALIDATE_ON_RELEASE("isValid on release", Runs.IN_ITS_CALLER, Entry.RELEASE),
    RESET("reset", Runs.IN_ITS_CALLER, Entry.RELEASE),
    IS_NEEDED("isNeeded", Runs.IN_ITS_CALLER_OR_NEVER, Entry.RELEASE),
    EVICT(
            "shouldEvict",
            Runs.IN_ITS_CALLER,
            Entry.MAINTAIN,
            Entry.ACQUIRE,
            Entry.TRY_ACQUIRE,
            Entry.ACQUIRE_ASYNC,
            Entry.RELEASE),
    NANOS_TO_LIVE(
            "nanosToLive",
            Runs.IN_ITS_CALLER_OR_NEVER,
            Entry.ACQUIRE,
            Entry.TRY_ACQUIRE,
            Entry.ACQUIRE_ASYNC,
            Entry.RELEASE),
    REASON(
            "reason",
            Runs.IN_ITS_CALLER,
            Entry.MAINTAIN,
            Entry.ACQUIRE,
            Entry.TRY_ACQUIRE,
            Entry.ACQUIRE_ASYNC,
            Entry.RELEASE),
    LISTENER("the listener", Runs.IN_THE_POOL, Entry.INVALIDATE),
    ABORT("abort", Runs.IN_THE_POOL, Entry.SHUT_DOWN),
    AFTER_CREATE("afterCreate", Runs.IN_THE_POOL, Entry.ACQUIRE, Entry.EVICT_IDLE),
    BEFORE_LEND("beforeLend", Runs.IN_ITS_CALLER, Entry.ACQUIRE, Entry.TRY_ACQUIRE, Entry.ACQUIRE_ASYNC);

    /** In whose threads a callback may run. */
    private enum Runs {
        IN_THE_POOL,
        /** In the thread of who enters the pool; at some moments in the pool's. */
        IN_ITS_CALLER,
        /** As before, but a pool need not ask. */
        IN_ITS_CALLER_OR_NEVER
    }

    final String words;
    private final Runs runs;

    @SuppressWarnings("ImmutableEnumChecker") // it is one of List.of
    private final List<Entry> callers;

    Culprit(String words, Runs runs, Entry... callers) {
        this.words = words;
        this.runs = runs;
        this.callers = List.of(callers);
    }

    /** How the callback is brought to run: by that very entry, if it does so, or else by the one that does so best. */
    Entry provokedBy(Entry entry) {
        return callers.contains(entry) ? entry : callers.get(0);
    }

    /** Whether it may run in the thread of one who enters the pool so, and hold that one. */
    boolean mayHold(Entry entry) {
        return runs != Runs.IN_THE_POOL && callers.contains(entry);
    }

    boolean mayBeLeftOut() {
        return runs == Runs.IN_ITS_CALLER_OR_NEVER;
    }

    /** Whether it could do that: only what returns an object can return null. */
    boolean isCapableOf(Misdeed misdeed) {
        return misdeed != Misdeed.NULL || this == CREATE || this == REASON;
    }

    /** Whether nobody new can have an object as long as it does that. */
    boolean prevents(Misdeed misdeed) {
        boolean anywhere = this == CREATE || this == VALIDATE_AFTER_CREATE || this == AFTER_CREATE;
        return (anywhere && (misdeed.fails() || misdeed.blocks()))
                || (this == BEFORE_LEND && misdeed.fails() && !misdeed.blocks());
    }

    /** Whether one who waits for a future has none as long as it does that. */
    boolean preventsFutures(Misdeed misdeed) {
        return prevents(misdeed) || (this == BEFORE_LEND && misdeed.blocks());
    }

    boolean validates() {
        return name().startsWith("VALIDATE");
    }

    /** Has a validator asked at this moment and at no other. */
    <T> PoolConfig<T> atItsMoment(PoolConfig<T> config) {
        return config.validateAfterCreate(this == VALIDATE_AFTER_CREATE)
                .validateAfterIdle(this == VALIDATE_ON_ACQUIRE ? Duration.ofMillis(500) : PoolConfig.LONGEST)
                .validateEvery(this == VALIDATE_WHILE_IDLE ? Duration.ofSeconds(1) : Duration.ZERO)
                .validateOnRelease(this == VALIDATE_ON_RELEASE);
    }
}
