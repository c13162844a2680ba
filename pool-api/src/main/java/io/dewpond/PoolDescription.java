package io.dewpond;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a pool for a person to look at. {@link #toString()} draws it in several lines, fit for a log.
 *
 * @param pool the name of the pool
 * @param stats its numbers
 * @param holders who holds its objects, oldest lease first
 * @param queue who waits, in order; the first {@value #MOST_QUEUED} at most
 * @param lastFailure how the last creation failed; null if none did, or if one has succeeded since
 */
public record PoolDescription(
        String pool,
        PoolStats stats,
        List<LeaseHolder> holders,
        List<QueuedBorrower> queue,
        @Nullable Throwable lastFailure) {
    /** How many of those who wait are shown. */
    public static final int MOST_QUEUED = 10;

    /**
     * Makes a description; for implementers of {@link Pool}.
     *
     * @param pool the name of the pool
     * @param stats its numbers
     * @param holders who holds its objects, oldest lease first
     * @param queue who waits first
     * @param lastFailure how the last creation failed, or null
     * @throws NullPointerException if another argument is null
     */
    public PoolDescription {
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(stats, "stats");
        holders = List.copyOf(holders);
        queue = List.copyOf(queue);
    }

    /**
     * Draws the picture.
     *
     * @return several lines, with no line break at the end
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Pool '").append(pool).append("': ");
        text.append(TimeoutMessage.places(stats)).append(stats.suspended() ? ", suspended" : "");
        for (LeaseHolder holder : holders) {
            text.append("\n  lent to ").append(TimeoutMessage.held(holder));
        }
        for (QueuedBorrower borrower : queue) {
            text.append("\n  waiting: ")
                    .append(borrower.thread())
                    .append(" for ")
                    .append(TimeoutMessage.readable(borrower.waited()))
                    .append(", ")
                    .append(TimeoutMessage.readable(borrower.left()))
                    .append(" left");
        }
        if (stats.waiting() > queue.size()) {
            text.append("\n  waiting: ").append(stats.waiting() - queue.size()).append(" more");
        }
        if (lastFailure != null) {
            text.append("\n  the last creation failed: ").append(lastFailure);
        }
        return text.append(counters()).toString();
    }

    private String counters() {
        return "\n  so far: " + stats.acquired() + " acquired, " + stats.timedOut() + " timed out, " + stats.rejected()
                + " rejected; " + stats.created() + " created, " + stats.creationFailures() + " creations failed, "
                + stats.destroyed() + " destroyed, " + stats.detached() + " detached, " + stats.lost() + " lost, "
                + stats.reclaimed() + " reclaimed; "
                + stats.callbackFailures() + " other calls failed";
    }
}
