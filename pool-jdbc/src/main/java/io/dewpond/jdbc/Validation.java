package io.dewpond.jdbc;

import io.dewpond.Validator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a connection works, and leaves no transaction and no setting behind.
 *
 * <p>Whatever goes to the server is bounded by the network timeout, where the driver has one: {@code isValid} takes a timeout
 * too, but many a driver enforces it by a cancel that needs the network as well. Without one, a socket that has fallen silent
 * holds the pool's thread until the engine gives the validation up; it holds no borrower either way.
 */
final class Validation implements Validator<PhysicalConnection> {
    private final int seconds;
    private final int millis;
    private final @Nullable String query;
    private final Judge judge;

    /** The driver has said that it has no network timeout; so it is asked once. Written by any thread, always the same. */
    private volatile boolean untimed;

    /**
     * @param timeout what the driver is given
     * @param query what a connection that works can execute; null asks the driver
     * @param judge asked about what the driver throws
     */
    Validation(Duration timeout, @Nullable String query, Judge judge) {
        seconds = JdbcPoolConfig.wholeSeconds(timeout);
        // A little less than the engine's patience, so that the thread mostly comes back by itself.
        millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis() / 10 * 9));
        this.query = query;
        this.judge = judge;
    }

    @Override
    public boolean isValid(PhysicalConnection connection) throws SQLException {
        Connection driver = connection.driver();
        Object former = connection.session().value(Setting.NETWORK_TIMEOUT);
        boolean limited = limits(driver, former);
        if (!answers(driver)) {
            return false;
        }
        if (!connection.session().autoCommit()) {
            driver.rollback();
        }
        if (limited) {
            Setting.NETWORK_TIMEOUT.tell(driver, former);
        }
        return true;
    }

    /** Bounds what the network may take; false if the driver can't, or does so already. */
    private boolean limits(Connection driver, @Nullable Object former) throws SQLException {
        if (untimed || !(former instanceof Integer present) || (present > 0 && present <= millis)) {
            return false;
        }
        try {
            Setting.NETWORK_TIMEOUT.tell(driver, millis);
            return true;
        } catch (SQLException failure) {
            if (judge.ends(failure)) {
                throw failure;
            }
            untimed = true;
        } catch (AbstractMethodError | UnsupportedOperationException older) {
            untimed = true;
        }
        return false;
    }

    private boolean answers(Connection driver) throws SQLException {
        try {
            return query == null ? driver.isValid(seconds) : executes(driver, query);
        } catch (SQLException failure) {
            if (judge.endsUnlessKept(failure)) {
                throw failure;
            }
            return true;
        }
    }

    private boolean executes(Connection driver, String query) throws SQLException {
        try (Statement statement = driver.createStatement()) {
            if (untimed) {
                statement.setQueryTimeout(seconds); // better than nothing; where both are had, it costs a thread
            }
            statement.execute(query);
            return true;
        }
    }
}
