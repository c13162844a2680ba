package io.dewpond.jdbc;

import io.dewpond.PoolClosedException;
import io.dewpond.PoolControl;
import io.dewpond.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Connects as whoever the credentials name, and sees to what follows when they are refused or change: {@link
 * CredentialsProvider} says what.
 *
 * <h2>Design note: how many logins a wrong password costs</h2>
 *
 * One for each delay: the engine waits as long as the {@link RefusedCredentialsException} asks, and what comes here before that
 * time is refused without the driver. A delay grows once for all who were refused in it.
 *
 * <p>Several connects may be under way at once, though, and each would be a failed login to the server. So credentials that
 * haven't been accepted yet are tried by one, and who comes with equal ones waits for the outcome; not for long, for that one
 * may hang, and must not hold up the others. It remains that a password which was right changes while several connect.
 */
final class Logins implements ConnectionFactory {
    /** For how long a trial keeps others waiting; a login takes milliseconds. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Door door;
    private final @Nullable CredentialsProvider provider;
    private final Judge judge;
    private final Secrets secrets;
    private final Duration delay;
    private final Ticker ticker;

    /** The refusals since the last login; null if there was none. */
    private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
    /** As whom the last login was; null before the first, and always without a provider. */
    private final AtomicReference<@Nullable Credentials> last = new AtomicReference<>();
    /** The one connect with credentials of which it isn't known whether they are right; null if there is none. */
    private final AtomicReference<@Nullable Trial> trial = new AtomicReference<>();
    /** Which credentials were accepted last. Written by any creator. */
    private volatile @Nullable Trial proven;
    /** Written once, when the pool is open; before that there is nothing to replace. */
    private volatile @Nullable PoolControl<?> control;

    Logins(
            Door door,
            @Nullable CredentialsProvider provider,
            Judge judge,
            Secrets secrets,
            Duration delay,
            Ticker ticker) {
        this.door = door;
        this.provider = provider;
        this.judge = judge;
        this.secrets = secrets;
        this.delay = delay;
        this.ticker = ticker;
    }

    /** Learns whose connections are to be replaced when the credentials have changed. */
    void serve(PoolControl<?> control) {
        this.control = control;
    }

    @Override
    public Connection connect() throws Exception {
        Credentials first = provider == null ? null : named(provider.credentials());
        RefusedCredentialsException refused;
        if (isRefused(first)) {
            refused = again();
        } else {
            try {
                return loggedIn(enter(first), first, false);
            } catch (RefusedCredentialsException no) {
                refused = no;
            }
        }
        Credentials fresh = provider == null ? null : named(provider.fresh());
        if (Objects.equals(fresh, first) || isRefused(fresh)) {
            throw refused;
        }
        return loggedIn(enter(fresh), fresh, true);
    }

    private static Credentials named(@Nullable Credentials given) throws SQLException {
        if (given == null) {
            throw new SQLException("The credentials provider returned null", "28000");
        }
        return given;
    }

    /** Lets one in first, if it isn't known yet whether these credentials are right. */
    private Connection enter(@Nullable Credentials as) throws Exception {
        Trial mine = new Trial(as);
        if (isProven(as) || !begins(mine)) {
            return login(as);
        }
        try {
            return login(as);
        } finally {
            trial.compareAndSet(mine, null);
            mine.over.countDown();
        }
    }

    /**
     * Begins the one trial of credentials, waiting for one that is under way. False if that has shown that they are right, or
     * if it hangs.
     */
    private boolean begins(Trial mine) throws Exception {
        Trial other = trial.compareAndExchange(null, mine);
        while (other != null && Objects.equals(other.as, mine.as)) {
            if (!other.over.await(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS) || isProven(mine.as)) {
                return false;
            }
            if (isRefused(mine.as)) {
                throw again();
            }
            other = trial.compareAndExchange(null, mine);
        }
        return other == null;
    }

    private boolean isProven(@Nullable Credentials as) {
        Trial last = proven;
        return last != null && Objects.equals(last.as, as);
    }

    private Connection login(@Nullable Credentials as) throws Exception {
        try {
            Connection connection = door.enter(as);
            if (connection == null) {
                throw new SQLException("The connection factory returned null", "08001");
            }
            if (!isProven(as)) {
                proven = new Trial(as);
            }
            return connection;
        } catch (SQLException failure) {
            SQLException said = (as == null ? secrets : secrets.and(as)).withoutSecrets(failure);
            throw judge.refusesCredentials(failure) ? refuse(as, said) : said;
        }
    }

    private Connection loggedIn(Connection connection, @Nullable Credentials as, boolean afterARefusal) {
        refusal.set(null);
        Credentials former = last.getAndSet(as);
        if (provider != null && former != null && as != null && !former.equals(as)) {
            if (afterARefusal || provider.replaces(former, as)) {
                replaceAll();
            }
        }
        return connection;
    }

    /** The connection just made is replaced too: it belongs to what was before. So no other is lent with a former one's end. */
    private void replaceAll() {
        PoolControl<?> pool = control;
        if (pool == null) {
            return;
        }
        try {
            Log.JDBC.info("The credentials have changed: connections that were opened before are replaced");
            CompletableFuture<Void> unused = pool.refresh();
        } catch (PoolClosedException over) {
            Log.JDBC.debug("The credentials have changed in a pool that is closed");
        }
    }

    // ---- refusals

    private boolean isRefused(@Nullable Credentials as) {
        Refusal present = refusal.get();
        return present != null && present.lasts(as, ticker.nanoTime());
    }

    /** Says what the last refusal said, and how long it still lasts. */
    private RefusedCredentialsException again() throws RefusedCredentialsException {
        Refusal present = refusal.get();
        return present == null // another thread has logged in since, so any next try may
                ? new RefusedCredentialsException(
                        new SQLException("The credentials were refused", "28000"), Duration.ZERO)
                : present.exception(ticker.nanoTime());
    }

    private RefusedCredentialsException refuse(@Nullable Credentials as, SQLException said) {
        long now = ticker.nanoTime();
        Refusal noted = refusal.updateAndGet(present -> Refusal.after(present, as, said, delay, now));
        return Objects.requireNonNull(noted).exception(now);
    }

    /** A connect that shows whether credentials are right. */
    private static final class Trial {
        private final @Nullable Credentials as;
        private final CountDownLatch over = new CountDownLatch(1);

        Trial(@Nullable Credentials as) {
            this.as = as;
        }
    }
}
