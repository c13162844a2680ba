package io.dewpond.jdbc;

import io.dewpond.Resetter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
 * @param endsRequests whether the driver is told the end of the request at last
 */
record ThoroughReset(
        boolean checksAutoCommit,
        boolean rollsBack,
        @Nullable ConnectionCustomizer last,
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
        Outfit.execute(driver, initSql);
        defaults.apply(driver, new Object[Setting.all().length]);
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

    /** A request ends even if nothing was done in it. */
    @Override
    public boolean isNeeded(PhysicalConnection connection) {
        return endsRequests || connection.session().isTouched();
    }
}
