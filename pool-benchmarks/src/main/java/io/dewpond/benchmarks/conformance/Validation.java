package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.script.Database;

/** Has the validation of idle connections fail, whether a pool asks {@code isValid} or executes {@code select 1}. */
final class Validation {
    private static final String ASKING = "Connection.isValid";
    private static final String QUERY = "Statement.executeQuery";

    private Validation() {}

    static void fail(Database database, Throwable failure) {
        database.on(ASKING, call -> {
            throw failure;
        });
        database.on(QUERY, call -> {
            throw failure;
        });
    }

    static void react(Database database, Database.Reaction reaction) {
        database.on(ASKING, reaction);
        database.on(QUERY, reaction);
    }

    static void heal(Database database) {
        database.heal(ASKING);
        database.heal(QUERY);
    }
}
