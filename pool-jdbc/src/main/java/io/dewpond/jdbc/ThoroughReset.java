package io.dewpond.jdbc;

import io.dewpond.Resetter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Restores a session as the pool does anyway, and what went past JDBC too, as far as the configuration asks for it. Takes
 * the place of {@link PhysicalConnection#RESETTER} in a pool that does.
 *
 * @param checksAutoCommit whether the driver is asked for the mode of auto-commit
 * @param rollsBack whether there is a rollback in auto-commit too
 * @param last is done when the session is restored otherwise; what it undoes of what every borrower is to find,
 *     {@code initSql}, {@code defaults} and the client info, is done again
 * @param byDriver whether the driver's own reset is part of that, after which it may not know what the server does
 * @param endsRequests whether the driver is told the end of the request at last
 */
record ThoroughReset(
        boolean checksAutoCommit,
        boolean rollsBack,
        @Nullable ConnectionCustomizer last,
        boolean byDriver,
        boolean endsRequests,
        List<String> initSql,
        SessionDefaults defaults)
        implements Resetter<PhysicalConnection> {

    @Override
    public void reset(PhysicalConnection connection) throws SQLException {
        Connection driver = connection.driver();
        Session session = connection.session();
        if (session.isTouched()) {
            session.mistrust(driver, checksAutoCommit, rollsBack);
            connection.reset();
            if (last != null) {
                beginAnew(last, driver, session.baseline());
            }
        }
        if (endsRequests) {
            driver.endRequest();
        }
    }

    private void beginAnew(ConnectionCustomizer last, Connection driver, Baseline baseline) throws SQLException {
        if (!baseline.autoCommit()) {
            driver.setAutoCommit(true); // some such statements can't be part of a transaction
        }
        last.customize(driver);
        if (byDriver && defaults.isolation() != null) {
            forgetIsolation(driver, defaults.isolation());
        }
        Outfit.execute(driver, initSql);
        defaults.apply(driver, new Object[Setting.all().length]);
        if (byDriver) {
            if (defaults.isolation() == null) {
                compare(Setting.ISOLATION, driver, baseline);
            }
            compare(Setting.NETWORK_TIMEOUT, driver, baseline);
        }
        Properties clientInfo = baseline.clientInfo();
        if (clientInfo != null) {
            for (String name : clientInfo.stringPropertyNames()) {
                driver.setClientInfo(name, clientInfo.getProperty(name)); // a driver may send it after the connect only
            }
        }
        if (!baseline.autoCommit()) {
            driver.setAutoCommit(false);
        }
        driver.clearWarnings();
    }

    /** MariaDB's driver would not set what it believes to be set still. */
    private static void forgetIsolation(Connection driver, int wanted) throws SQLException {
        driver.setTransactionIsolation(
                wanted == Connection.TRANSACTION_SERIALIZABLE
                        ? Connection.TRANSACTION_READ_COMMITTED
                        : Connection.TRANSACTION_SERIALIZABLE);
    }

    /** Makes the driver and the server agree on what every borrower is to find: either may have lost it. */
    private static void compare(Setting setting, Connection driver, Baseline baseline) throws SQLException {
        Object original = baseline.value(setting);
        if (original != Setting.UNKNOWN && !Objects.equals(original, setting.ask(driver))) {
            setting.tell(driver, original);
        }
    }

    /** A request ends even if nothing was done in it. */
    @Override
    public boolean isNeeded(PhysicalConnection connection) {
        return endsRequests || connection.session().isTouched();
    }
}
