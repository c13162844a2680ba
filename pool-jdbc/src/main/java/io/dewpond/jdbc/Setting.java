package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a connection that a borrower can change: how to ask the driver for it, and how to tell it. In the order in
 * which they are restored. A value has the type that JDBC gives it, boxed; some may be null.
 *
 * <p>The questions are a switch and no lambdas, for a lambda costs more than the class that has them all, and a pool's
 * first connection waits for that.
 */
enum Setting {
    READ_ONLY(0, "read-only mode"),
    ISOLATION(1, "transaction isolation"),
    CATALOG(2, "catalog"),
    SCHEMA(3, "schema"),
    HOLDABILITY(4, "holdability"),
    NETWORK_TIMEOUT(5, "network timeout"),
    TYPE_MAP(6, "type map");

    /** Stands for a value that nobody knows. */
    static final Object UNKNOWN = new Object();

    private static final Setting[] ALL = values();
    /** For drivers that want a thread; the one that asks is a thread of the pool. */
    static final Executor AT_ONCE = new Executor() {
        @Override
        public void execute(Runnable task) {
            task.run();
        }
    };

    private final String text;
    private final int index;

    Setting(int index, String text) {
        this.index = index;
        this.text = text;
    }

    /** All settings; not to be written to. */
    static Setting[] all() {
        return ALL;
    }

    /** This one's place among the values of all. */
    int index() {
        return index;
    }

    /** This one's place in a set of settings. */
    int bit() {
        return 1 << index;
    }

    /**
     * Asks the driver, which may not have this setting: it says so in many ways, or is of an older JDBC.
     *
     * @return the value, or {@link #UNKNOWN}
     * @throws SQLException if the connection is lost
     */
    @Nullable
    Object ask(Connection driver) throws SQLException {
        try {
            return read(driver);
        } catch (SQLException failure) {
            requireAlive(failure);
            return UNKNOWN;
        } catch (AbstractMethodError | UnsupportedOperationException older) {
            return UNKNOWN;
        }
    }

    static void requireAlive(SQLException failure) throws SQLException {
        if (Judge.STANDARD.ends(failure)) {
            throw failure;
        }
    }

    private @Nullable Object read(Connection driver) throws SQLException {
        return switch (this) {
            case READ_ONLY -> driver.isReadOnly();
            case ISOLATION -> driver.getTransactionIsolation();
            case CATALOG -> driver.getCatalog();
            case SCHEMA -> schema(driver);
            case HOLDABILITY -> driver.getHoldability();
            case NETWORK_TIMEOUT -> driver.getNetworkTimeout();
            case TYPE_MAP -> copy(driver.getTypeMap());
        };
    }

    /** Has the driver change the setting to a value that it has given before, or that the configuration asks for. */
    @SuppressWarnings({"unchecked", "NullAway"}) // what each setting gives, it takes
    void tell(Connection driver, @Nullable Object value) throws SQLException {
        switch (this) {
            case READ_ONLY -> driver.setReadOnly((boolean) value);
            case ISOLATION -> driver.setTransactionIsolation((int) value);
            case CATALOG -> driver.setCatalog((String) value);
            case SCHEMA -> setSchema(driver, value);
            case HOLDABILITY -> driver.setHoldability((int) value);
            case NETWORK_TIMEOUT -> driver.setNetworkTimeout(AT_ONCE, (int) value);
            case TYPE_MAP -> driver.setTypeMap(copy((Map<String, Class<?>>) value));
        }
    }

    private static @Nullable Object schema(Connection driver) throws SQLException {
        SearchPath path = SearchPath.of(driver);
        return path == null ? driver.getSchema() : path;
    }

    @SuppressWarnings("NullAway") // a driver that gives no schema takes none
    private static void setSchema(Connection driver, @Nullable Object value) throws SQLException {
        if (value instanceof SearchPath path) {
            path.restore(driver);
        } else {
            driver.setSchema((String) value);
        }
    }

    /** Copies a type map: the driver's own must not be shared with a borrower, who may write to it. */
    static Map<String, Class<?>> copy(@Nullable Map<String, Class<?>> map) {
        return map == null ? new HashMap<>() : new HashMap<>(map);
    }

    /** What it is called in a message. */
    @Override
    public String toString() {
        return text;
    }
}
