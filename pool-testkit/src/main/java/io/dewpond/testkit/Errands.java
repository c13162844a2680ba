package io.dewpond.testkit;

import io.dewpond.Callback;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs callbacks for the {@link ReferencePool}, and gives up those that take too long.
 *
 * <p>All methods are called under the pool's lock, save {@link #finished}, which takes it.
 */
final class Errands {
    private final Moments moments;
    private final String threadPrefix;
    private final Set<Errand<?>> running = new HashSet<>();
    private final Set<Errand<?>> abandoned = new HashSet<>();

    Errands(Moments moments, String threadPrefix) {
        this.moments = moments;
        this.threadPrefix = threadPrefix;
    }

    <R> void run(
            Callback callback,
            Duration limit,
            Callable<? extends @Nullable R> code,
            BiConsumer<@Nullable R, @Nullable Throwable> done,
            Consumer<@Nullable R> late) {
        long deadline = moments.now() + limit.toNanos();
        Errand<R> errand = new Errand<>(callback, threadPrefix + name(callback), deadline, code, this, done, late);
        running.add(errand);
        errand.thread.start();
    }

    <R> void finished(Errand<R> errand, @Nullable R result, @Nullable Throwable failure) {
        moments.locked(() -> {
            if (running.remove(errand)) {
                errand.done.accept(result, failure);
            } else {
                abandoned.remove(errand);
                errand.late.accept(result);
            }
        });
    }

    /** Gives up what has taken too long, but no more creations than there are places. */
    void expire(int places) {
        long now = moments.now();
        for (Errand<?> errand : List.copyOf(running)) {
            if (errand.deadline - now <= 0 && mayGiveUp(errand, places)) {
                running.remove(errand);
                abandoned.add(errand);
                errand.thread.interrupt();
                errand.done.accept(null, new TimeoutException(name(errand.callback) + " took too long"));
            }
        }
    }

    /** How long until something has taken too long, at most as given. */
    long untilNextExpiry(long most, int places) {
        long now = moments.now();
        return running.stream()
                .filter(errand -> mayGiveUp(errand, places))
                .mapToLong(errand -> errand.deadline - now)
                .reduce(most, Math::min);
    }

    void interrupt(Callback callback) {
        running.stream().filter(errand -> errand.callback == callback).forEach(errand -> errand.thread.interrupt());
    }

    int abandoned() {
        return abandoned.size();
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    private boolean mayGiveUp(Errand<?> errand, int places) {
        long hungCreations = abandoned.stream()
                .filter(other -> other.callback == Callback.CREATE)
                .count();
        return errand.callback != Callback.CREATE || hungCreations < places;
    }

    private static String name(Callback callback) {
        return callback.name().toLowerCase(Locale.ROOT);
    }
}
