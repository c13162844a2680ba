package io.dewpond;

/** The kinds of user code that a pool calls. */
public enum Callback {
    /** {@link ObjectFactory#create()}. */
    CREATE,
    /** {@link ObjectFactory#destroy}. */
    DESTROY,
    /** {@link Validator#isValid}. */
    VALIDATE,
    /** {@link Resetter#reset}. */
    RESET,
    /** {@link EvictionPolicy#shouldEvict}. */
    EVICT,
    /** {@link PoolConfig#abortAtShutdown()}. */
    ABORT,
    /** {@link Admission#sheds} and {@link Admission#newestFirst}. */
    ADMIT,
    /** {@link PoolConfig#afterCreate()}. */
    AFTER_CREATE,
    /** {@link PoolConfig#beforeLend()}. */
    BEFORE_LEND
}
