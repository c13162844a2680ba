package io.dewpond;

/** Which of several idle objects is lent next. */
public enum LendingOrder {
    /**
     * The one in the lowest place of the pool; a thread that comes back within 50 ms gets the object that it had last. The
     * high places stay idle and grow old, so that a lightly used pool shrinks. The fastest order: to find an object takes
     * no longer in a large pool than in a small one.
     */
    LOWEST,
    /**
     * The one that was released last: the warmest. A lightly used pool shrinks as above. Each acquire looks at every place,
     * and each release counts on one number that all threads share.
     */
    LIFO,
    /**
     * The one that has been idle longest: all are used in turn, and wear alike. None of them stays idle for long, so that
     * idle eviction finds little even under a light load. It costs what {@link #LIFO} does.
     */
    FIFO
}
