package io.dewpond.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That somebody's credentials were refused, and when they may be tried again.
 *
 * @param as who was refused; null for whoever the driver knows by itself
 * @param said what the driver said, without its secrets
 * @param count how many refusals came before, as far as they count
 * @param until when these may be tried again
 */
record Refusal(@Nullable Object as, SQLException said, int count, long until) {
    /** How often the delay is doubled. */
    private static final int DOUBLINGS = 4;

    /** Returns what is known after one more refusal; of several in one delay the first counts. */
    static Refusal after(@Nullable Refusal present, @Nullable Object as, SQLException said, Duration delay, long now) {
        if (present != null && present.lasts(as, now)) {
            return present;
        }
        int count = present == null ? 0 : Math.min(DOUBLINGS, present.count + 1);
        return new Refusal(as, said, count, now + (delay.toNanos() << count));
    }

    /** Whether it is too early for these credentials. */
    boolean lasts(@Nullable Object as, long now) {
        return until - now > 0 && Objects.equals(this.as, as);
    }

    RefusedCredentialsException exception(long now) {
        return new RefusedCredentialsException(said, Duration.ofNanos(Math.max(0, until - now)));
    }
}
