package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
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
    private final Baseline baseline;

    private boolean autoCommit;

    // What this borrower has done. Cleared by restore().
    private boolean used;
    private boolean inTransaction;
    private boolean changed;
    private boolean escaped;
    private boolean beyondRepair;

    /** All settings as they are now; null while none was set, for then they are those of the baseline. */
    private @Nullable Object @Nullable [] values;
    /** The settings that were set through JDBC, and not perhaps by the text of a statement; a bit for each. */
    private int set;
    /** The settings that are, or may be, other than in the baseline; a bit for each. */
    private int different;

    private @Nullable ClientInfo clientInfo;

    Session(Baseline baseline) {
        this.baseline = baseline;
        autoCommit = baseline.autoCommit();
    }

    Baseline baseline() {
        return baseline;
    }

    /** Notes that something of the connection reaches the driver now. */
    void use() {
        used = true;
        inTransaction = true;
    }

    /** The same of what came from the connection, by a call that has left its note. */
    void useAgain() {
        inTransaction = true;
    }

    boolean autoCommit() {
        return autoCommit;
    }

    /** Tells whether {@link #restore} may have anything to do. */
    boolean isTouched() {
        return used || inTransaction || changed || escaped || beyondRepair;
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

    // ---- Settings

    /** The value of a setting, or {@link Setting#UNKNOWN} if the record can't answer for the driver. */
    @Nullable
    Object value(Setting setting) {
        return values == null ? baseline.value(setting) : values[setting.index()];
    }

    boolean isKnown(Setting setting) {
        return value(setting) != Setting.UNKNOWN;
    }

    /** Tells whether the borrower has set this here, and not perhaps by the text of a statement. */
    boolean isSet(Setting setting) {
        return (set & setting.bit()) != 0 && isKnown(setting);
    }

    /** Records what the borrower has set, perhaps to what it was. */
    void set(Setting setting, @Nullable Object value) {
        boolean same = Objects.equals(value, baseline.value(setting));
        own()[setting.index()] = value;
        set |= setting.bit();
        different = same ? different & ~setting.bit() : different | setting.bit();
        changed = true;
    }

    /** Records that the value may be any: the driver failed while it was being set. */
    void doubt(Setting setting) {
        own()[setting.index()] = Setting.UNKNOWN;
        different |= setting.bit();
        changed = true;
    }

    private @Nullable Object[] own() {
        if (values == null) {
            values = baseline.copyOfValues();
        }
        return values;
    }

    /** Records that a name of the client info may have another value now. */
    void changeClientInfo(String name) {
        ownClientInfo().change(name);
        changed = true;
    }

    /** Records that all names of the client info may have other values now. */
    void changeClientInfo(@Nullable Properties properties) {
        ownClientInfo().change(properties, baseline.clientInfo());
        changed = true;
    }

    private ClientInfo ownClientInfo() {
        if (clientInfo == null) {
            clientInfo = new ClientInfo();
        }
        return clientInfo;
    }

    // ---- What can't be restored, or not by halves

    /** Records that the borrower got hold of the driver's connection, and may have changed the mode in secret. */
    void escape() {
        escaped = true;
    }

    /** Has {@link #restore} look for what may have been changed by the text of a statement. */
    void mistrust(Connection driver, boolean asksAutoCommit, boolean rollsBack) throws SQLException {
        if (asksAutoCommit) {
            escaped = true;
        }
        if (rollsBack) {
            if (driver.getAutoCommit()) {
                driver.setAutoCommit(false); // JDBC has no rollback otherwise
            }
            autoCommit = false;
            inTransaction = true;
            escaped = false; // and need not be asked again
        }
    }

    /** Tells whether the record has the value, set here or at connect, for sure. */
    boolean isCertain(Setting setting) {
        return isKnown(setting) || (different & setting.bit()) == 0;
    }

    /** Tells whether the driver must roll back before the connection is closed, where to close it wouldn't commit. */
    boolean mayBeInTransaction() {
        return (!autoCommit && inTransaction) || escaped;
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
        if (autoCommit != baseline.autoCommit()) {
            driver.setAutoCommit(baseline.autoCommit());
            autoCommit = baseline.autoCommit();
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
        boolean toRestore = different != 0 || (clientInfo != null && clientInfo.isChanged());
        if (toRestore && !autoCommit) {
            driver.setAutoCommit(true);
            autoCommit = true;
        }
        for (Setting setting : Setting.all()) {
            if ((different & setting.bit()) != 0) {
                restore(setting, driver);
            }
        }
        if (clientInfo != null) {
            clientInfo.restore(driver, baseline.clientInfo());
        }
        values = null;
        set = 0;
        different = 0;
    }

    private void restore(Setting setting, Connection driver) throws SQLException {
        Object original = baseline.value(setting);
        if (original == Setting.UNKNOWN) {
            throw new SQLException("The " + setting + " was changed, and the driver did not say what it had been");
        }
        setting.tell(driver, original);
        if (original == null && setting.ask(driver) != null) {
            throw new SQLException("The " + setting + " was set where there had been none, and the driver has kept it");
        }
    }
}
