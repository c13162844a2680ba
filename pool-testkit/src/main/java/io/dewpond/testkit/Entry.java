package io.dewpond.testkit;

/** A way into a pool: what somebody does there while a callback misbehaves. */
enum Entry {
    ACQUIRE("acquiring"),
    TRY_ACQUIRE("trying to acquire"),
    ACQUIRE_ASYNC("acquiring asynchronously"),
    RELEASE("releasing"),
    INVALIDATE("invalidating"),
    /** Time passes, and what is due is done. */
    MAINTAIN("maintaining"),
    RESIZE("resizing"),
    REFRESH("refreshing"),
    EVICT_IDLE("evicting what is idle"),
    SHUT_DOWN("shutting down");

    final String words;

    Entry(String words) {
        this.words = words;
    }

    /** Whether it ends without any time passing, if no callback holds it in its own thread. */
    boolean endsAtOnce() {
        return this != ACQUIRE && this != ACQUIRE_ASYNC;
    }
}
