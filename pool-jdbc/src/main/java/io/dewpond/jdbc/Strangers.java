package io.dewpond.jdbc;

import io.dewpond.Ticker;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps those of whom it isn't known whether their password is right from harming those of whom it is.
 *
 * <p>Each of them needs a login, and room for it among all users' connections. So no more than a part of the room is open to
 * them at once, in order of arrival, however many come; and of several with the same password one tries and the others wait
 * for what becomes of it, for each try would be a failed login to the server.
 */
final class Strangers {
    /** What one does whose turn it is. */
    interface Attempt<R> {
        R make() throws InterruptedException, SQLException;
    }

    private final Semaphore places;
    private final int most;
    private final Ticker ticker;
    private final ConcurrentMap<Identity, CountDownLatch> attempts = new ConcurrentHashMap<>();

    /** @param most how many may try at once */
    Strangers(int most, Ticker ticker) {
        this.most = most;
        places = new Semaphore(most, true);
        this.ticker = ticker;
    }

    /**
     * Has one try, or wait for another who tries the same.
     *
     * @return what the attempt did; null if another has tried in its place, and knows now what becomes of it
     */
    <R> @Nullable R enter(Identity who, long deadline, Attempt<R> attempt) throws InterruptedException, SQLException {
        CountDownLatch mine = new CountDownLatch(1);
        CountDownLatch other = attempts.putIfAbsent(who, mine);
        if (other != null) {
            if (!other.await(left(deadline), TimeUnit.NANOSECONDS)) {
                throw late(who, "another with the same password waits for it too");
            }
            return null;
        }
        try {
            if (!places.tryAcquire(left(deadline), TimeUnit.NANOSECONDS)) {
                throw late(who, "as many as may (" + most + ") try passwords that have not been accepted yet");
            }
            try {
                return attempt.make();
            } finally {
                places.release();
            }
        } finally {
            attempts.remove(who, mine);
            mine.countDown();
        }
    }

    private long left(long deadline) {
        return Math.max(0, deadline - ticker.nanoTime());
    }

    private static SQLException late(Identity who, String why) {
        return new SQLTransientConnectionException("No connection for user '" + who + "' in time: " + why, "08001");
    }
}
