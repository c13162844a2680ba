package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKey;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Forwards a connection, and keeps the record of what its borrower changes: all that {@link Session} needs to know. */
abstract class RememberingConnection extends ForwardingConnection {
    /**
     * Returns the connection.
     *
     * @throws SQLException if the handle is closed
     */
    abstract PhysicalConnection physical() throws SQLException;

    @Override
    final Connection delegate() throws SQLException {
        PhysicalConnection physical = physical();
        physical.session().use();
        return physical.driver();
    }

    private Session session() throws SQLException {
        return physical().session();
    }

    // ---- transactions

    @Override
    public final boolean getAutoCommit() throws SQLException {
        return session().autoCommit();
    }

    @Override
    public final void setAutoCommit(boolean autoCommit) throws SQLException {
        Session session = session();
        try {
            super.setAutoCommit(autoCommit);
        } catch (Throwable failure) {
            session.doubtAutoCommit();
            throw failure;
        }
        session.setAutoCommit(autoCommit);
    }

    @Override
    public final void commit() throws SQLException {
        Session session = session();
        super.commit();
        session.endTransaction();
    }

    @Override
    public final void rollback() throws SQLException {
        Session session = session();
        super.rollback();
        session.endTransaction();
    }

    // ---- settings that the record answers for

    @Override
    public final boolean isReadOnly() throws SQLException {
        Object known = session().value(Setting.READ_ONLY);
        return known instanceof Boolean value ? value : super.isReadOnly();
    }

    @Override
    public final void setReadOnly(boolean readOnly) throws SQLException {
        change(Setting.READ_ONLY, readOnly, super::setReadOnly);
    }

    @Override
    public final int getTransactionIsolation() throws SQLException {
        Object known = session().value(Setting.ISOLATION);
        return known instanceof Integer value ? value : super.getTransactionIsolation();
    }

    @Override
    public final void setTransactionIsolation(int level) throws SQLException {
        change(Setting.ISOLATION, level, super::setTransactionIsolation);
    }

    @Override
    public final int getHoldability() throws SQLException {
        Object known = session().value(Setting.HOLDABILITY);
        return known instanceof Integer value ? value : super.getHoldability();
    }

    @Override
    public final void setHoldability(int holdability) throws SQLException {
        change(Setting.HOLDABILITY, holdability, super::setHoldability);
    }

    @Override
    public final int getNetworkTimeout() throws SQLException {
        Object known = session().value(Setting.NETWORK_TIMEOUT);
        return known instanceof Integer value ? value : super.getNetworkTimeout();
    }

    @Override
    public final void setNetworkTimeout(Executor executor, int millis) throws SQLException {
        change(Setting.NETWORK_TIMEOUT, millis, value -> super.setNetworkTimeout(executor, value));
    }

    /** Returns a copy: JDBC has what is done to the map count only when it is set. */
    @Override
    @SuppressWarnings("unchecked") // no other type map is recorded
    public final Map<String, Class<?>> getTypeMap() throws SQLException {
        Object known = session().value(Setting.TYPE_MAP);
        return known instanceof Map<?, ?> map ? Setting.copy((Map<String, Class<?>>) map) : super.getTypeMap();
    }

    @Override
    public final void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        change(Setting.TYPE_MAP, Setting.copy(map), super::setTypeMap);
    }

    // ---- settings that the text of a statement often changes: the record answers once they are set here

    @Override
    public final @Nullable String getCatalog() throws SQLException {
        Session session = session();
        return session.isSet(Setting.CATALOG) ? (String) session.value(Setting.CATALOG) : super.getCatalog();
    }

    @Override
    public final void setCatalog(String catalog) throws SQLException {
        this.<@Nullable String>change(Setting.CATALOG, catalog, super::setCatalog);
        if (hadNone(Setting.CATALOG)) {
            session().set(Setting.CATALOG, super.getCatalog());
        }
    }

    @Override
    public final @Nullable String getSchema() throws SQLException {
        Session session = session();
        return session.isSet(Setting.SCHEMA) ? (String) session.value(Setting.SCHEMA) : super.getSchema();
    }

    @Override
    public final void setSchema(String schema) throws SQLException {
        this.<@Nullable String>change(Setting.SCHEMA, schema, super::setSchema);
        if (hadNone(Setting.SCHEMA)) {
            session().set(Setting.SCHEMA, super.getSchema());
        }
    }

    /** Then perhaps the driver knows no such thing, and has ignored it, as JDBC wants it: what it says now is recorded. */
    private boolean hadNone(Setting setting) throws SQLException {
        return session().baseline().value(setting) == null;
    }

    // ---- settings that only the driver knows

    /** Returns a copy: some drivers hand out what they work with, and go on to with the next borrower. */
    @Override
    public final Properties getClientInfo() throws SQLException {
        Properties said = super.getClientInfo();
        Properties copy = new Properties();
        if (said != null) {
            copy.putAll(said);
        }
        return copy;
    }

    @Override
    public final void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        PhysicalConnection physical = physicalForClientInfo();
        try {
            physical.driver().setClientInfo(name, value);
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        }
        physical.session().changeClientInfo(name);
    }

    @Override
    public final void setClientInfo(Properties properties) throws SQLClientInfoException {
        PhysicalConnection physical = physicalForClientInfo();
        physical.session().changeClientInfo(properties); // first, for the driver may set some and fail at others
        try {
            physical.driver().setClientInfo(properties);
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        }
    }

    /** These two methods alone must say in an exception of their own that the handle is closed. */
    private PhysicalConnection physicalForClientInfo() throws SQLClientInfoException {
        try {
            PhysicalConnection physical = physical();
            physical.session().use();
            return physical;
        } catch (SQLException closed) {
            throw new SQLClientInfoException(closed.getMessage(), closed.getSQLState(), Map.of(), closed);
        }
    }

    // ---- changes without a way back

    @Override
    public final void setShardingKey(ShardingKey key) throws SQLException {
        Session session = session();
        super.setShardingKey(key);
        session.changeForGood();
    }

    @Override
    public final void setShardingKey(ShardingKey key, ShardingKey superKey) throws SQLException {
        Session session = session();
        super.setShardingKey(key, superKey);
        session.changeForGood();
    }

    @Override
    public final boolean setShardingKeyIfValid(ShardingKey key, int timeout) throws SQLException {
        Session session = session();
        boolean set = super.setShardingKeyIfValid(key, timeout);
        session.changeForGood();
        return set;
    }

    @Override
    public final boolean setShardingKeyIfValid(ShardingKey key, ShardingKey superKey, int timeout) throws SQLException {
        Session session = session();
        boolean set = super.setShardingKeyIfValid(key, superKey, timeout);
        session.changeForGood();
        return set;
    }

    /** Has the driver change a setting, and records what it is now, or that nobody knows. */
    private <V extends @Nullable Object> void change(Setting setting, V value, Change<V> driver) throws SQLException {
        Session session = session();
        try {
            driver.to(value);
        } catch (SQLFeatureNotSupportedException unchanged) {
            throw unchanged;
        } catch (Throwable failure) {
            session.doubt(setting);
            throw failure;
        }
        session.set(setting, value);
    }

    private interface Change<V extends @Nullable Object> {
        void to(V value) throws SQLException;
    }
}
