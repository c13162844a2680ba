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
        Session session = session();
        return session.readOnly.isKnown() ? session.readOnly.value() : super.isReadOnly();
    }

    @Override
    public final void setReadOnly(boolean readOnly) throws SQLException {
        change(session().readOnly, readOnly, super::setReadOnly);
    }

    @Override
    public final int getTransactionIsolation() throws SQLException {
        Session session = session();
        return session.isolation.isKnown() ? session.isolation.value() : super.getTransactionIsolation();
    }

    @Override
    public final void setTransactionIsolation(int level) throws SQLException {
        change(session().isolation, level, super::setTransactionIsolation);
    }

    @Override
    public final int getHoldability() throws SQLException {
        Session session = session();
        return session.holdability.isKnown() ? session.holdability.value() : super.getHoldability();
    }

    @Override
    public final void setHoldability(int holdability) throws SQLException {
        change(session().holdability, holdability, super::setHoldability);
    }

    @Override
    public final int getNetworkTimeout() throws SQLException {
        Session session = session();
        return session.networkTimeout.isKnown() ? session.networkTimeout.value() : super.getNetworkTimeout();
    }

    @Override
    public final void setNetworkTimeout(Executor executor, int millis) throws SQLException {
        change(session().networkTimeout, millis, value -> super.setNetworkTimeout(executor, value));
    }

    /** Returns a copy: JDBC has what is done to the map count only when it is set. */
    @Override
    public final Map<String, Class<?>> getTypeMap() throws SQLException {
        Session session = session();
        return session.typeMap.isKnown() ? Session.copy(session.typeMap.value()) : super.getTypeMap();
    }

    @Override
    public final void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        change(session().typeMap, Session.copy(map), super::setTypeMap);
    }

    // ---- settings that the text of a statement often changes: the record answers once they are set here

    @Override
    public final @Nullable String getCatalog() throws SQLException {
        Session session = session();
        return session.catalog.isSet() ? session.catalog.value() : super.getCatalog();
    }

    @Override
    public final void setCatalog(String catalog) throws SQLException {
        this.<@Nullable String>change(session().catalog, catalog, super::setCatalog);
    }

    @Override
    public final @Nullable String getSchema() throws SQLException {
        Session session = session();
        return session.schema.isSet() ? session.schema.value() : super.getSchema();
    }

    @Override
    public final void setSchema(String schema) throws SQLException {
        this.<@Nullable String>change(session().schema, schema, super::setSchema);
    }

    // ---- settings that only the driver knows

    @Override
    public final void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        PhysicalConnection physical = physicalForClientInfo();
        try {
            physical.driver().setClientInfo(name, value);
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        }
        physical.session().clientInfo.change(name);
        physical.session().change();
    }

    @Override
    public final void setClientInfo(Properties properties) throws SQLClientInfoException {
        PhysicalConnection physical = physicalForClientInfo();
        physical.session().clientInfo.change(properties); // first, for the driver may set some and fail at others
        physical.session().change();
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
    private <V extends @Nullable Object> void change(Setting<V> setting, V value, Change<V> driver)
            throws SQLException {
        Session session = session();
        try {
            driver.to(value);
        } catch (SQLFeatureNotSupportedException unchanged) {
            throw unchanged;
        } catch (Throwable failure) {
            setting.doubt();
            session.change();
            throw failure;
        }
        setting.set(value);
        session.change();
    }

    private interface Change<V extends @Nullable Object> {
        void to(V value) throws SQLException;
    }
}
