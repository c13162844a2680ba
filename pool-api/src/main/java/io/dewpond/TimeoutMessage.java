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
        message.append(": ")
                .append(stats.total())
                .append(" of ")
                .append(stats.maxSize())
                .append(" places taken (");
        message.append(stats.leased()).append(" leased, ").append(stats.idle()).append(" idle, ");
        message.append(stats.creating())
                .append(" creating, ")
                .append(stats.inMaintenance())
                .append(" in maintenance), ");
        message.append(stats.waiting()).append(" waiting");
        if (stats.abandoned() > 0) {
            message.append(", ").append(stats.abandoned()).append(" callbacks hang past their timeouts");
        }
        for (int i = 0; i < holders.size(); i++) {
            message.append(i == 0 ? "; held longest by " : ", ")
                    .append(holders.get(i).thread());
            message.append(" for ").append(readable(holders.get(i).held()));
            if (!holders.get(i).site().isEmpty()) {
                message.append(" (acquired at ")
                        .append(place(holders.get(i).site()))
                        .append(')');
            }
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
    private static String readable(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return duration.toSeconds() + "." + duration.toMillisPart() / 100 + " s";
        }
        return duration.toMinutes() + " min";
    }
}
