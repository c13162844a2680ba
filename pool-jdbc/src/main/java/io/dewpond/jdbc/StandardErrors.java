package io.dewpond.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;

/** See {@link ErrorClassifier#standard()}. */
final class StandardErrors implements ErrorClassifier {
    static final StandardErrors INSTANCE = new StandardErrors();

    private StandardErrors() {}

    @Override
    public Verdict classify(SQLException failure) {
        String state = failure.getSQLState();
        if (state != null && state.startsWith("08")) {
            return switch (state) {
                case "08S02", "08007" -> Verdict.KEEP;
                case "08003", "08004", "08P01" -> Verdict.EVICT;
                default -> Verdict.EVICT_ALL;
            };
        }
        return failure instanceof SQLNonTransientConnectionException || failure instanceof SQLRecoverableException
                ? Verdict.EVICT
                : Verdict.UNDECIDED;
    }
}
