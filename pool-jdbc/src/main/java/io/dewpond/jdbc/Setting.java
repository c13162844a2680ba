package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One setting of one connection: what the driver said at connect, and what the borrower has made of it.
 *
 * <p>Not thread-safe; it passes from borrower to borrower with the connection.
 *
 * @param <V> the type of the value
 */
final class Setting<V extends @Nullable Object> {
    private final String name;
    private final Reader<V> reader;
    private final Writer<V> writer;

    private @Nullable Known<V> original;
    private @Nullable Known<V> current;
    private boolean set;
    private boolean changed;

    Setting(String name, Reader<V> reader, Writer<V> writer) {
        this.name = name;
        this.reader = reader;
        this.writer = writer;
    }

    /** Records what the driver says at connect. */
    void learn(Connection driver) throws SQLException {
        original = ask(driver, reader);
        current = original;
    }

    /**
     * Asks the driver, which may not have this setting: it says so in many ways, or is of an older JDBC.
     *
     * @return null if the driver can't tell
     * @throws SQLException if the connection is lost
     */
    static <V extends @Nullable Object> @Nullable Known<V> ask(Connection driver, Reader<V> reader)
            throws SQLException {
        try {
            return new Known<>(reader.read(driver));
        } catch (SQLException failure) {
            if (ErrorClassifier.endsConnection(failure)) {
                throw failure;
            }
            return null;
        } catch (AbstractMethodError | UnsupportedOperationException older) {
            return null;
        }
    }

    /** Sets the value that every borrower finds. */
    void configure(Connection driver, V value) throws SQLException {
        writer.write(driver, value);
        original = new Known<>(value);
        current = original;
    }

    /** Records what the borrower has set. */
    void set(V value) {
        current = new Known<>(value);
        set = true;
        changed = original == null || !Objects.equals(value, original.value());
    }

    /** Records that the value may be any: the driver failed while it was being set. */
    void doubt() {
        current = null;
        changed = true;
    }

    /** Tells whether the record can answer for the driver. */
    boolean isKnown() {
        return current != null;
    }

    /** Tells whether the borrower has set this here, and not perhaps by the text of a statement. */
    boolean isSet() {
        return set && current != null;
    }

    /** Tells whether {@link #restore} has anything to do. */
    boolean isChanged() {
        return changed;
    }

    /** Returns the value, if it is known. */
    V value() {
        return Objects.requireNonNull(current, name).value();
    }

    /** Gives back to the driver what it said at connect, if that was changed. */
    void restore(Connection driver) throws SQLException {
        set = false;
        if (!changed) {
            return;
        }
        if (original == null) {
            throw new SQLException("The " + name + " was changed, and the driver did not say what it had been");
        }
        writer.write(driver, original.value());
        current = original;
        changed = false;
    }

    /** A value that is known, even if it is null. */
    record Known<V extends @Nullable Object>(V value) {}

    /** Asks the driver. */
    interface Reader<V extends @Nullable Object> {
        V read(Connection driver) throws SQLException;
    }

    /** Tells the driver. */
    interface Writer<V extends @Nullable Object> {
        void write(Connection driver, V value) throws SQLException;
    }
}
