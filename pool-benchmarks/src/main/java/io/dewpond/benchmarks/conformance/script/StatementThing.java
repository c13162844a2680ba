package io.dewpond.benchmarks.conformance.script;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A statement. Queries, which are texts that begin with "select", and calls have a result set of one row. */
final class StatementThing extends Thing {
    private final @Nullable String prepared;
    private final Map<Object, @Nullable Object> parameters = new HashMap<>();
    private final List<ResultThing> results = new ArrayList<>();
    private int batched;
    private boolean closesOnCompletion;

    StatementThing(Session session, Class<? extends Statement> type, @Nullable String prepared) {
        super(session, type);
        this.prepared = prepared;
        session.opened(this);
    }

    /** A result set that isn't any statement's of the borrower's. */
    static Object hidden(Session session, boolean tellsItsStatement) {
        StatementThing statement = new StatementThing(session, Statement.class, null);
        statement.closesOnCompletion = true;
        return statement.result(tellsItsStatement).proxy();
    }

    @Override
    @Nullable
    Object answer(Call call) throws Throwable {
        String name = call.simpleName();
        switch (name) {
            case "close" -> {
                close();
                return null;
            }
            case "isClosed" -> {
                return isClosed();
            }
            default -> {
                requireOpen();
                session().requireAlive();
            }
        }
        Class<?> declares = call.method().getDeclaringClass();
        if (name.startsWith("set") && call.count() >= 2 && declares != Statement.class) {
            parameters.put(Objects.requireNonNull(call.argument(0)), call.argument(1));
            return null;
        }
        return switch (name) {
            case "getConnection" -> session().connection();
            case "clearParameters" -> {
                parameters.clear();
                yield null;
            }
            case "addBatch" -> {
                batched++;
                yield null;
            }
            case "clearBatch" -> {
                batched = 0;
                yield null;
            }
            case "executeBatch" -> {
                int[] counts = new int[batched];
                batched = 0;
                yield counts;
            }
            case "closeOnCompletion" -> {
                closesOnCompletion = true;
                yield null;
            }
            case "isCloseOnCompletion" -> closesOnCompletion;
            case "executeQuery" -> {
                execute(text(call));
                yield result(true).proxy();
            }
            case "execute" -> {
                execute(text(call));
                yield isQuery(text(call)) && result(true) != null;
            }
            case "executeUpdate", "executeLargeUpdate" -> {
                execute(text(call));
                yield call.method().getReturnType() == int.class ? (Object) 1 : (Object) 1L;
            }
            case "getResultSet" ->
                results.isEmpty() ? null : results.get(results.size() - 1).proxy();
            case "getMoreResults" -> {
                new ArrayList<>(results).forEach(ResultThing::close);
                yield false;
            }
            case "getGeneratedKeys" -> result(true).proxy();
            case "getArray" -> new Value(session(), Array.class).proxy();
            case "getObject" -> hidden(session(), true);
            case "getWarnings" -> null;
            case "isPoolable" -> true;
            case "getMetaData" -> null;
            default -> other(call);
        };
    }

    private String text(Call call) {
        return prepared != null ? prepared : Objects.requireNonNullElse(call.sql(), "");
    }

    private static boolean isQuery(String sql) {
        return sql.startsWith("select") || sql.startsWith("{call");
    }

    private void execute(String sql) throws SQLException {
        if (sql.indexOf('?') >= 0 && parameters.isEmpty() && !sql.startsWith("{call")) {
            throw new SQLException("no value is specified for parameter 1", "07001");
        }
        new ArrayList<>(results).forEach(ResultThing::close);
        session().execute(sql);
    }

    private ResultThing result(boolean tellsItsStatement) {
        ResultThing result = new ResultThing(session(), tellsItsStatement ? this : null, this);
        results.add(result);
        return result;
    }

    /** Is told by a result set that it was closed. */
    void ended(ResultThing result) {
        results.remove(result);
        if (closesOnCompletion && results.isEmpty()) {
            close();
        }
    }

    void close() {
        if (!isClosed()) {
            setClosed();
            new ArrayList<>(results).forEach(ResultThing::close);
            session().closed(this);
        }
    }

    static Class<? extends Statement> typeOf(String method) {
        return switch (method) {
            case "prepareStatement" -> PreparedStatement.class;
            case "prepareCall" -> CallableStatement.class;
            default -> Statement.class;
        };
    }

    /** A result set: one row. */
    static final class ResultThing extends Thing {
        private final @Nullable StatementThing told;
        private final StatementThing owner;
        private boolean read;

        private ResultThing(Session session, @Nullable StatementThing told, StatementThing owner) {
            super(session, ResultSet.class);
            this.told = told;
            this.owner = owner;
        }

        @Override
        @Nullable
        Object answer(Call call) throws Throwable {
            switch (call.simpleName()) {
                case "close" -> {
                    close();
                    return null;
                }
                case "isClosed" -> {
                    return isClosed();
                }
                default -> {
                    requireOpen();
                    session().requireAlive();
                }
            }
            return switch (call.simpleName()) {
                case "next" -> {
                    boolean row = !read;
                    read = true;
                    yield row;
                }
                case "getStatement" -> told == null ? null : told.proxy();
                case "getWarnings" -> null;
                case "getArray" -> new Value(session(), Array.class).proxy();
                case "getInt" -> 1;
                default -> other(call);
            };
        }

        private void close() {
            if (!isClosed()) {
                setClosed();
                owner.ended(this);
            }
        }
    }
}
