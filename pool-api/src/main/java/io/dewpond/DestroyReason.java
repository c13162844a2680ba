package io.dewpond;

/** Why an object was destroyed. */
public enum DestroyReason {
    /** The {@link EvictionPolicy} said so, or threw. */
    EVICTED,
    /** A validation failed, threw, or took too long. */
    INVALID,
    /** The borrower {@linkplain Lease#invalidate invalidated} it. */
    INVALIDATED,
    /** The {@link Resetter} threw. */
    RESET_FAILED,
    /** A {@link Hook} threw, or was given up. */
    HOOK_FAILED,
    /** {@link PoolControl#evictIdle()}, {@link PoolControl#refresh()}, another factory or a resize downward. */
    OPERATOR,
    /** Its lease was garbage collected, and nobody knows who may still use the object. */
    LOST,
    /** Its lease was out for longer than {@link PoolConfig#reclaimAfter()}. */
    RECLAIMED,
    /** Its creation had been given up when it came. */
    LATE,
    /** In a {@link KeyedPool}, somebody who waits for another key needed the room. */
    MADE_ROOM,
    /** The pool is shut down. */
    SHUTDOWN
}
