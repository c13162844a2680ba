package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What every borrower of a connection finds: what the driver said at connect, but for what the configuration has it set.
 * Never written to once it is made; connections of one pool mostly agree, and share one.
 */
final class Baseline {
    private final boolean autoCommit;
    private final @Nullable Object[] values;
    /** Null if there is none, or if the driver can't tell. */
    private final @Nullable Properties clientInfo;

    private Baseline(boolean autoCommit, @Nullable Object[] values, @Nullable Properties clientInfo) {
        this.autoCommit = autoCommit;
        this.values = values;
        this.clientInfo = clientInfo;
    }

    /** Asks the driver for everything, and sets what every borrower is to find. */
    static Baseline of(Connection driver, SessionDefaults defaults) throws SQLException {
        return of(driver, defaults, Setting.all());
    }

    /** The same for a session that is another's after each transaction: asks for what drivers keep on their own side. */
    static Baseline ofSharedSession(Connection driver, SessionDefaults defaults) throws SQLException {
        return of(driver, defaults, Setting.READ_ONLY, Setting.HOLDABILITY, Setting.NETWORK_TIMEOUT, Setting.TYPE_MAP);
    }

    private static Baseline of(Connection driver, SessionDefaults defaults, Setting... asked) throws SQLException {
        boolean autoCommit = driver.getAutoCommit();
        @Nullable Object[] values = new Object[Setting.all().length];
        Arrays.fill(values, Setting.UNKNOWN);
        for (Setting setting : asked) {
            values[setting.index()] = setting.ask(driver);
        }
        Properties clientInfo = clientInfo(driver);
        if (!autoCommit) {
            driver.rollback(); // even to ask may have opened a transaction
        }
        if (!defaults.any()) {
            return new Baseline(autoCommit, values, clientInfo);
        }
        if (!autoCommit) {
            driver.setAutoCommit(true);
        }
        defaults.apply(driver, values);
        boolean wanted = defaults.autoCommit() == null ? autoCommit : defaults.autoCommit();
        if (!wanted) {
            driver.setAutoCommit(false);
        }
        driver.clearWarnings();
        return new Baseline(wanted, values, clientInfo);
    }

    /** Returns a copy, for some drivers hand out what they work with. */
    private static @Nullable Properties clientInfo(Connection driver) throws SQLException {
        try {
            Properties said = driver.getClientInfo();
            if (said == null || said.isEmpty()) {
                return null;
            }
            Properties copy = new Properties();
            copy.putAll(said);
            return copy;
        } catch (SQLException failure) {
            Setting.requireAlive(failure);
            return null;
        } catch (AbstractMethodError | UnsupportedOperationException older) {
            return null;
        }
    }

    /** Returns the other if it says the same, else this: what is shared is kept in memory once. */
    Baseline orSame(@Nullable Baseline other) {
        boolean same = other != null
                && autoCommit == other.autoCommit
                && Arrays.equals(values, other.values)
                && (clientInfo == null ? other.clientInfo == null : clientInfo.equals(other.clientInfo));
        return other != null && same ? other : this;
    }

    boolean autoCommit() {
        return autoCommit;
    }

    /** The value of a setting, or {@link Setting#UNKNOWN}. */
    @Nullable
    Object value(Setting setting) {
        return values[setting.index()];
    }

    @Nullable
    Object[] copyOfValues() {
        return values.clone();
    }

    @Nullable
    Properties clientInfo() {
        return clientInfo;
    }
}
