package io.dewpond.jdbc;

import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Takes the time of a statement's executions, if somebody wants to know. */
abstract class ExecutionTimer<D extends Statement> extends Decorator<D> {
    private final @Nullable Watch watch;

    /** What is executed where the call doesn't say. */
    private @Nullable String sql;

    ExecutionTimer(D driver, @Nullable Watch watch, @Nullable String sql) {
        super(driver);
        this.watch = watch;
        this.sql = sql;
    }

    final void name(String sql) {
        this.sql = sql;
    }

    final long started() {
        return watch == null ? 0 : watch.now();
    }

    /** The driver has executed, well or badly: the given text, or else the prepared one. */
    final void ended(long started, @Nullable String given) {
        if (watch != null) {
            watch.executed(given == null ? sql : given, started);
        }
    }
}
