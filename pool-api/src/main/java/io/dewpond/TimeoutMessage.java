package io.dewpond;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in one line why an acquire timed out. */
final class TimeoutMessage {
    private static final Set<String> OURS = Set.of("io.dewpond", "io.dewpond.impl", "io.dewpond.jdbc");

    private TimeoutMessage() {}

    static String of(
            String pool,
            Duration waited,
            PoolStats stats,
            List<LeaseHolder> holders,
            boolean selfDeadlock,
            @Nullable Throwable lastFailure) {
        StringBuilder message = new StringBuilder("Pool '").append(pool).append("' had nothing to lend ");
        message.append(waited.isZero() ? "at once" : "within " + readable(waited));
        message.append(stats.suspended() ? ", for it is suspended" : "");
        message.append(": ").append(places(stats));
        for (int i = 0; i < holders.size(); i++) {
            message.append(i == 0 ? "; held longest by " : ", ").append(held(holders.get(i)));
        }
        if (selfDeadlock) {
            message.append("; this thread holds all of them: ")
                    .append(waited.isZero() ? "to wait would be to wait for itself" : "it was waiting for itself");
        }
        if (lastFailure != null) {
            message.append("; the last creation failed: ").append(lastFailure);
        }
        return message.toString();
    }

    /** How many places are taken, and by what, and how many wait. */
    static String places(PoolStats stats) {
        StringBuilder text = new StringBuilder();
        text.append(stats.total()).append(" of ").append(stats.maxSize()).append(" places taken (");
        text.append(stats.leased()).append(" leased, ").append(stats.idle()).append(" idle, ");
        text.append(stats.creating()).append(" creating, ");
        text.append(stats.inMaintenance()).append(" in maintenance), ");
        text.append(stats.waiting()).append(" waiting");
        if (stats.abandoned() > 0) {
            text.append(", ").append(stats.abandoned()).append(" callbacks hang past their timeouts");
        }
        return text.toString();
    }

    /** Who holds an object, for how long and, if recorded, from where. */
    static String held(LeaseHolder holder) {
        String site = holder.site().isEmpty() ? "" : " (acquired at " + place(holder.site()) + ")";
        return holder.thread() + " for " + readable(holder.held()) + site;
    }

    /** The innermost call that isn't the pool's own. */
    private static StackTraceElement place(List<StackTraceElement> site) {
        return site.stream()
                .filter(call -> !OURS.contains(packageOf(call.getClassName())))
                .findFirst()
                .orElse(site.get(0));
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    /** Two digits after the point are enough for a person; the exact value is a field of the exception. */
    static String readable(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return duration.toSeconds() + "." + duration.toMillisPart() / 100 + " s";
        }
        return duration.toMinutes() + " min";
    }
}
