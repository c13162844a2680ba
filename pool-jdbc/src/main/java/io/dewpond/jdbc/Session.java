package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one connection as far as a borrower can change it through JDBC, and the way back.
 *
 * <p>Not thread-safe; it passes from borrower to borrower with the connection, ordered by the lease. What a thread still
 * writes here after another has closed its handle can cost a needless rollback, no more.
 *
 * <h2>Design note</h2>
 *
 * The driver is asked once, at connect. From then on the record answers for it, as far as it can know: {@code USE} or
 * {@code SET} in the text of a statement goes past us, so catalog and schema come from the record only when they were
 * set through JDBC.
 *
 * <p><b>Transactions.</b> With auto-commit off, anything that reaches the driver may open one, a query of the metadata
 * too; that is why {@link #use()} is part of every forwarded call and doesn't look at what is called. The mark goes when
 * the transaction does. It errs to the safe side: a rollback too many costs a call, one too few commits what nobody
 * asked to commit, or keeps its locks.
 *
 * <p><b>The way back</b> ({@link #restore}) must not open a transaction, and none may be open: drivers refuse to change
 * the isolation in one, and a schema set in one would be undone by the next rollback. So: roll back; then auto-commit
 * on, which commits nothing now; then the settings, each a transaction of its own; then auto-commit as it was at connect.
 *
 * <p>The road not taken is to restore everything always: a call to the driver is often a call to the server.
 */
final class Session {
    final Setting<Boolean> readOnly = new Setting<>("read-only mode", Connection::isReadOnly, Connection::setReadOnly);
    final Setting<Integer> isolation = new Setting<>(
            "transaction isolation", Connection::getTransactionIsolation, Connection::setTransactionIsolation);
    final Setting<@Nullable String> catalog =
            new Setting<@Nullable String>("catalog", Connection::getCatalog, Connection::setCatalog);
    final Setting<@Nullable String> schema =
            new Setting<@Nullable String>("schema", Connection::getSchema, Connection::setSchema);
    final Setting<Integer> holdability =
            new Setting<>("holdability", Connection::getHoldability, Connection::setHoldability);
    final Setting<Integer> networkTimeout = new Setting<>(
            "network timeout",
            Connection::getNetworkTimeout,
            (driver, millis) -> driver.setNetworkTimeout(Runnable::run, millis));
    final Setting<Map<String, Class<?>>> typeMap = new Setting<>(
            "type map", driver -> copy(driver.getTypeMap()), (driver, map) -> driver.setTypeMap(copy(map)));
    final ClientInfo clientInfo = new ClientInfo();

    private final List<Setting<?>> settings =
            List.of(readOnly, isolation, catalog, schema, holdability, networkTimeout, typeMap);

    private boolean originalAutoCommit;
    private boolean autoCommit;

    // What this borrower has done. Cleared by restore().
    private boolean used;
    private boolean inTransaction;
    private boolean changed;
    private boolean escaped;
    private boolean beyondRepair;

    /** Asks the driver for everything, and sets what every borrower is to find. */
    static Session of(Connection driver, SessionDefaults defaults) throws SQLException {
        Session session = new Session();
        session.originalAutoCommit = driver.getAutoCommit();
        for (Setting<?> setting : session.settings) {
            setting.learn(driver);
        }
        session.clientInfo.learn(driver);
        session.configure(driver, defaults);
        return session;
    }

    private void configure(Connection driver, SessionDefaults defaults) throws SQLException {
        if (!originalAutoCommit) {
            driver.rollback(); // even to ask may have opened a transaction
        }
        if (defaults.any()) {
            if (!originalAutoCommit) {
                driver.setAutoCommit(true);
            }
            defaults.apply(driver, this);
            boolean wanted = defaults.autoCommit() == null ? originalAutoCommit : defaults.autoCommit();
            if (!wanted) {
                driver.setAutoCommit(false);
            }
            originalAutoCommit = wanted;
            driver.clearWarnings();
        }
        autoCommit = originalAutoCommit;
    }

    /** Copies a type map: the driver's own must not be shared with a borrower, who may write to it. */
    static Map<String, Class<?>> copy(@Nullable Map<String, Class<?>> map) {
        return map == null ? new HashMap<>() : new HashMap<>(map);
    }

    /** Notes that something reaches the driver now. */
    void use() {
        used = true;
        inTransaction = true;
    }

    boolean autoCommit() {
        return autoCommit;
    }

    /** Tells whether {@link #restore} may have anything to do. */
    boolean isTouched() {
        return used || changed || escaped || beyondRepair;
    }

    /** Records that the driver has changed the mode, or was asked for the mode it had. */
    void setAutoCommit(boolean on) {
        if (on != autoCommit) {
            inTransaction = false; // on: it has committed; off: it has not begun
        }
        autoCommit = on;
    }

    /** Records that the driver failed while the mode was changed: the worst case is an open transaction. */
    void doubtAutoCommit() {
        autoCommit = false;
        inTransaction = true;
    }

    /** Records that the driver has committed or rolled back. */
    void endTransaction() {
        inTransaction = false;
    }

    /** Records that a setting was set, perhaps to what it was. */
    void change() {
        changed = true;
    }

    /** Records that the borrower got hold of the driver's connection, and may have changed the mode in secret. */
    void escape() {
        escaped = true;
    }

    /** Records a change that JDBC knows no way to undo. */
    void changeForGood() {
        beyondRepair = true;
    }

    /** Tells whether the driver must roll back before the connection is closed: some commit then. */
    boolean needsRollbackToClose() {
        return !autoCommit || escaped;
    }

    /**
     * Makes the connection what it was at connect, by as few calls as that takes; by none if nothing was done.
     *
     * @throws SQLException if that failed; the connection must not be lent again
     */
    void restore(Connection driver) throws SQLException {
        if (beyondRepair) {
            throw new SQLException("A sharding key was set, and JDBC can't tell what it had been");
        }
        if (escaped) {
            autoCommit = driver.getAutoCommit();
            inTransaction = true;
        }
        if (!autoCommit && inTransaction) {
            driver.rollback();
        }
        if (changed) {
            restoreSettings(driver);
        }
        if (autoCommit != originalAutoCommit) {
            driver.setAutoCommit(originalAutoCommit);
            autoCommit = originalAutoCommit;
        }
        if (used) {
            driver.clearWarnings();
        }
        used = false;
        inTransaction = false;
        changed = false;
        escaped = false;
    }

    private void restoreSettings(Connection driver) throws SQLException {
        boolean toRestore = clientInfo.isChanged();
        for (Setting<?> setting : settings) {
            toRestore |= setting.isChanged();
        }
        if (toRestore && !autoCommit) {
            driver.setAutoCommit(true);
            autoCommit = true;
        }
        for (Setting<?> setting : settings) {
            setting.restore(driver);
        }
        clientInfo.restore(driver);
    }
}
