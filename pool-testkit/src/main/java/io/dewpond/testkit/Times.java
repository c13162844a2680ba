package io.dewpond.testkit;

import io.dewpond.TimeDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times that the {@link ReferencePool} has measured, each by itself; guarded by the pool's lock. */
final class Times {
    private final boolean wanted;
    private final List<Long> nanos = new ArrayList<>();

    Times(boolean wanted) {
        this.wanted = wanted;
    }

    void add(long time) {
        if (wanted) {
            nanos.add(time);
        }
    }

    TimeDistribution snapshot() {
        return new Sorted(nanos.stream().sorted().toList());
    }

    private record Sorted(List<Long> nanos) implements TimeDistribution {
        @Override
        public long count() {
            return nanos.size();
        }

        @Override
        public Duration min() {
            return percentile(0);
        }

        @Override
        public Duration mean() {
            return Duration.ofNanos(
                    (long) nanos.stream().mapToLong(Long::longValue).average().orElse(0));
        }

        @Override
        public Duration max() {
            return percentile(100);
        }

        @Override
        public Duration percentile(double percent) {
            if (!(percent >= 0 && percent <= 100)) {
                throw new IllegalArgumentException("percent is " + percent + ", but must be between 0 and 100");
            }
            int rank = (int) Math.ceil(Math.nextDown(percent) / 100 * nanos.size());
            return nanos.isEmpty() ? Duration.ZERO : Duration.ofNanos(nanos.get(Math.max(0, rank - 1)));
        }
    }
}
