package io.dewpond.benchmarks.conformance;

import static io.dewpond.benchmarks.conformance.Trial.require;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Calls every method of a closed connection. */
final class ClosedConnection {
    /** Those of which the API doesn't say that they throw on a closed connection, or that have cases of their own. */
    private static final Set<String> OTHERS = Set.of(
            "close",
            "isClosed",
            "isValid",
            "abort",
            "unwrap",
            "isWrapperFor",
            "setClientInfo",
            "beginRequest",
            "endRequest",
            "enquoteLiteral",
            "enquoteIdentifier",
            "enquoteNCharLiteral",
            "isSimpleIdentifier");

    private ClosedConnection() {}

    static void refusesAll(Trial trial) throws Exception {
        Connection connection = trial.open(1).getConnection();
        connection.close();
        List<String> wrong = new ArrayList<>();
        for (Method method : methods()) {
            try {
                method.invoke(connection, Arguments.of(method));
                wrong.add(method.getName());
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof SQLException)) {
                    wrong.add(method.getName() + " (" + Outcome.kind(e.getCause()) + ")");
                }
            }
        }
        require(wrong.isEmpty(), wrong.size() + " don't: " + String.join(", ", wrong));
    }

    private static List<Method> methods() {
        return Stream.of(Connection.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !OTHERS.contains(method.getName()))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }
}
