package io.dewpond.benchmarks.conformance.script;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection: its settings, which reach the session as the JDBC API says. */
final class ConnectionThing extends Thing {
    private final Map<String, @Nullable Object> settings = new HashMap<>(Map.of(
            "AutoCommit",
            true,
            "ReadOnly",
            false,
            "TransactionIsolation",
            Connection.TRANSACTION_READ_COMMITTED,
            "Catalog",
            "catalog at connect",
            "Schema",
            "schema at connect",
            "Holdability",
            ResultSet.CLOSE_CURSORS_AT_COMMIT,
            "NetworkTimeout",
            0,
            "TypeMap",
            Map.of()));
    private final Properties clientInfo = new Properties();

    ConnectionThing(Session session) {
        super(session, Connection.class);
    }

    @Override
    @Nullable
    Object answer(Call call) throws Throwable {
        String name = call.simpleName();
        switch (name) {
            case "close", "abort" -> {
                if (name.equals("abort") && call.argument(0) == null) {
                    throw new SQLException("an executor, please", "22023");
                }
                if (!isClosed()) {
                    setClosed();
                    session().close(name.equals("close"));
                }
                return null;
            }
            case "isClosed" -> {
                return isClosed();
            }
            case "isValid" -> {
                return !isClosed() && !session().isDead();
            }
            case "nativeSQL" -> {
                requireOpen();
                return Long.toString(session().id());
            }
            default -> {
                requireOpen();
                session().requireAlive();
            }
        }
        return switch (name) {
            case "commit", "rollback" -> {
                session().end(name.equals("commit"));
                yield null;
            }
            case "createStatement", "prepareStatement", "prepareCall" ->
                new StatementThing(
                                session(),
                                StatementThing.typeOf(name),
                                name.equals("createStatement") ? null : call.sql())
                        .proxy();
            case "getMetaData" -> new Value(session(), DatabaseMetaData.class).proxy();
            case "getWarnings" -> session().warning();
            case "clearWarnings" -> {
                session().clearWarnings();
                yield null;
            }
            case "setAutoCommit" -> {
                setAutoCommit((boolean) Objects.requireNonNull(call.argument(0)));
                yield null;
            }
            case "setReadOnly", "setTransactionIsolation" -> {
                if (session().isInTransaction()) {
                    throw new SQLException("not in a transaction, please", "25001");
                }
                yield set(name, call.argument(0));
            }
            case "setCatalog", "setSchema" -> {
                session().touch();
                yield set(name, call.argument(0));
            }
            case "setHoldability", "setTypeMap" -> set(name, call.argument(0));
            case "setNetworkTimeout" -> set(name, call.argument(1));
            case "setClientInfo" -> {
                setClientInfo(call);
                yield null;
            }
            case "getClientInfo" -> getClientInfo(call);
            case "isReadOnly" -> get("ReadOnly");
            default ->
                name.startsWith("get") && settings.containsKey(name.substring(3))
                        ? get(name.substring(3))
                        : other(call);
        };
    }

    private synchronized @Nullable Object set(String setter, @Nullable Object value) {
        settings.put(setter.substring(3), value);
        return null;
    }

    private synchronized @Nullable Object get(String setting) {
        return settings.get(setting);
    }

    boolean isAutoCommit() {
        return Boolean.TRUE.equals(get("AutoCommit"));
    }

    /** To change it in a transaction commits that. */
    void setAutoCommit(boolean autoCommit) {
        if (isAutoCommit() != autoCommit) {
            session().end(true);
            set("setAutoCommit", autoCommit);
        }
    }

    private synchronized void setClientInfo(Call call) {
        if (call.count() == 1) {
            clientInfo.clear();
            clientInfo.putAll((Properties) Objects.requireNonNull(call.argument(0)));
        } else if (call.argument(1) == null) {
            clientInfo.remove(call.argument(0));
        } else {
            clientInfo.put(call.argument(0), call.argument(1));
        }
    }

    private synchronized @Nullable Object getClientInfo(Call call) {
        if (call.count() == 1) {
            return clientInfo.getProperty((String) Objects.requireNonNull(call.argument(0)));
        }
        Properties copy = new Properties();
        copy.putAll(clientInfo);
        return copy;
    }
}
