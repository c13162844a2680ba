package io.dewpond.jdbc;

import io.dewpond.testkit.Gate;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A server with users. The catalog of a connection tells whose it is and which of all it is, {@code ann 1}. */
final class UserServer {
    private final Map<String, Set<String>> passwords = new ConcurrentHashMap<>();
    private final List<String> tries = new CopyOnWriteArrayList<>();
    private final List<RecordingDriver> drivers = new CopyOnWriteArrayList<>();
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Gate gate = opened();
    private volatile SQLException failure;

    private static Gate opened() {
        Gate gate = new Gate();
        gate.open();
        return gate;
    }

    /** From now on these are the passwords of a user, and no others. */
    void know(String user, String... right) {
        passwords.put(user, Set.of(right));
    }

    /** Who tried to log in with what, {@code ann/secret}, in their order. */
    List<String> tries() {
        return tries;
    }

    /** How many connections are open. */
    int open() {
        return open.get();
    }

    /** Has logins wait at a gate from now on. */
    Gate hang() {
        gate = new Gate();
        return gate;
    }

    Gate gate() {
        return gate;
    }

    /** Has each login fail from now on, whoever it is. */
    void fail(SQLException failure) {
        this.failure = failure;
    }

    /** Ends all connections there are. */
    void breakDown(SQLException failure) {
        for (RecordingDriver driver : drivers) {
            driver.fail("Connection.createStatement", failure);
            driver.answer("Connection.isValid", false);
        }
    }

    private Connection login(String user, String password) throws SQLException, InterruptedException {
        tries.add(user + "/" + password);
        gate.pass();
        if (failure != null) {
            throw failure;
        }
        if (!passwords.getOrDefault(user, Set.of()).contains(password)) {
            throw new SQLInvalidAuthorizationSpecException("no login of " + user + " with " + password, "28P01");
        }
        RecordingDriver driver = new RecordingDriver();
        driver.answer("Connection.getCatalog", user + " " + connects.incrementAndGet());
        open.incrementAndGet();
        driver.during("Connection.close", open::decrementAndGet);
        drivers.add(driver);
        return driver.connection();
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                UserServer.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection") && arguments != null) {
                        return login((String) arguments[0], (String) arguments[1]);
                    }
                    return method.getName().equals("toString") ? "users" : null;
                });
    }
}
