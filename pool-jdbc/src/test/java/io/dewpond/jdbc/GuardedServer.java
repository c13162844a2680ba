package io.dewpond.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** A server that lets in who knows the password, counts all who try, and gossips about what they said. */
final class GuardedServer {
    private final RecordingDriver driver = new RecordingDriver();
    private final List<String> tries = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> lets;

    GuardedServer(Predicate<String> lets) {
        this.lets = lets;
    }

    void let(Predicate<String> known) {
        lets = known;
    }

    /** The passwords that were tried, in their order. */
    List<String> tries() {
        return tries;
    }

    Connection login(String user, String password) throws SQLException {
        tries.add(password);
        if (!lets.test(password)) {
            throw new SQLInvalidAuthorizationSpecException("no login of " + user + " with " + password, "28P01", 1045);
        }
        return driver.connection();
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                GuardedServer.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection") && arguments != null) {
                        return login((String) arguments[0], (String) arguments[1]);
                    }
                    return method.getName().equals("toString") ? "guarded" : null;
                });
    }
}
