package io.dewpond.jdbc;

import io.dewpond.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which logins were refused lately, so that one and the same is not tried again and again. Bounded: who tries many
 * passwords once each has the oldest forgotten, and pays with a login for each try, as without a pool.
 */
final class Refusals {
    /** How many are remembered. */
    static final int MOST = 1_000;

    private final Duration delay;
    private final Ticker ticker;

    /** The one that was refused longest ago comes first. Guarded by this. */
    private final Map<Identity, Refusal> refusals = new LinkedHashMap<>();

    Refusals(Duration delay, Ticker ticker) {
        this.delay = delay;
        this.ticker = ticker;
    }

    /** Returns what was said, if it is too early to ask again, or null. */
    synchronized @Nullable RefusedCredentialsException of(Identity who) {
        Refusal present = refusals.get(who);
        long now = ticker.nanoTime();
        return present == null || !present.lasts(who, now) ? null : present.exception(now);
    }

    synchronized void add(Identity who, SQLException said) {
        Refusal noted = Refusal.after(refusals.remove(who), who, said, delay, ticker.nanoTime());
        refusals.put(who, noted);
        if (refusals.size() > MOST) {
            refusals.remove(refusals.keySet().iterator().next());
        }
    }

    /** The same login has been accepted. */
    synchronized void remove(Identity who) {
        refusals.remove(who);
    }

    synchronized int size() {
        return refusals.size();
    }
}
