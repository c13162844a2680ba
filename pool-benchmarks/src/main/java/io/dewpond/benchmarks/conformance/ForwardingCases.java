package io.dewpond.benchmarks.conformance;

import static io.dewpond.benchmarks.conformance.Trial.require;

import io.dewpond.benchmarks.conformance.script.Call;
import io.dewpond.benchmarks.conformance.script.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Methods that the JDBC interfaces have a default for: the driver's own ones must be reached nevertheless. */
final class ForwardingCases {
    /** The pool may answer these by itself, or tell the driver at other times. */
    private static final Set<String> THE_POOLS = Set.of("beginRequest", "endRequest");

    private static final String WHY =
            "the driver has them, and the interface's default throws `UnsupportedOperationException` or guesses";

    private ForwardingCases() {}

    static List<Case> all() {
        return List.of(
                reached("connection", Connection.class, "a connection (sharding keys)", connection -> connection),
                reached(
                        "statement",
                        Statement.class,
                        "a statement (large counts, `enquote…`)",
                        Connection::createStatement),
                reached(
                        "prepared",
                        PreparedStatement.class,
                        "a prepared statement (large counts, `SQLType`)",
                        connection -> connection.prepareStatement("select")),
                reached(
                        "callable",
                        CallableStatement.class,
                        "a callable statement (`SQLType`)",
                        connection -> connection.prepareCall("{call f()}")),
                reached(
                        "results",
                        ResultSet.class,
                        "a result set (`SQLType`)",
                        connection -> connection.createStatement().executeQuery("select")),
                reached("metadata", DatabaseMetaData.class, "the metadata", Connection::getMetaData));
    }

    @FunctionalInterface
    private interface Making {
        Object from(Connection connection) throws SQLException;
    }

    private static Case reached(String word, Class<?> type, String what, Making making) {
        return Case.of("J9." + word, "The default methods of " + what + " reach the driver", WHY, trial -> {
            try (Connection connection = trial.open(1).getConnection()) {
                Session session = trial.session(connection);
                Object target = making.from(connection);
                List<String> missed = new ArrayList<>();
                for (Method method : defaults(type)) {
                    int before = session.calls().size();
                    call(target, method);
                    List<Call> calls = session.calls();
                    boolean reached = calls.subList(before, calls.size()).stream()
                            .anyMatch(call -> call.method().getName().equals(method.getName()));
                    if (!reached && !missed.contains(method.getName())) {
                        missed.add(method.getName());
                    }
                }
                require(missed.isEmpty(), missed.size() + " don't: " + String.join(", ", missed));
            }
        });
    }

    private static List<Method> defaults(Class<?> type) {
        Set<String> seen = new HashSet<>();
        return Stream.of(type.getMethods())
                .filter(method -> method.isDefault() && !THE_POOLS.contains(method.getName()))
                .sorted(Comparator.comparing(Method::toString))
                .filter(method -> seen.add(method.getName() + List.of(method.getParameterTypes())))
                .toList();
    }

    private static void call(Object target, Method method) throws IllegalAccessException {
        try {
            method.invoke(target, Arguments.of(method));
        } catch (InvocationTargetException e) {
            // Whether it reached the driver is what counts.
        }
    }
}
