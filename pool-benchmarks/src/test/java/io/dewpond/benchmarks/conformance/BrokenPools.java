package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Peer;
import io.dewpond.benchmarks.conformance.peer.Terms;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Pools that do what pools have been seen to do. */
final class BrokenPools {
    static final Peer CARELESS = BrokenPeer.of("careless", Careless::new);

    static final List<Peer> ALL = List.of(
            CARELESS,
            BrokenPeer.of("forgetful", Forgetful::new),
            BrokenPeer.of("lavish", Lavish::new),
            BrokenPeer.of("ignorant", Ignorant::new),
            BrokenPeer.of("fragile", Fragile::new),
            BrokenPeer.of("sluggish", Sluggish::new),
            BrokenPeer.of("deaf", Deaf::new),
            BrokenPeer.of("meddling", Meddling::new));

    private BrokenPools() {}

    /** Nothing comes back. */
    private static final class Forgetful extends Careless {
        private Forgetful(Terms terms) {
            super(terms);
        }

        @Override
        void release(Connection physical) {}
    }

    /** Connects for each borrower. */
    private static final class Lavish extends Careless {
        private Lavish(Terms terms) {
            super(terms);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return handle(connect());
        }

        @Override
        void release(Connection physical) throws SQLException {
            physical.close();
        }
    }

    /**
     * Was written for an older JDBC, wraps everything, knows only its own state, and keeps each statement that it has
     * ever made: for the same text, the same.
     */
    private static final class Ignorant extends Careless {
        private final List<Object> trace = new ArrayList<>();
        private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

        private Ignorant(Terms terms) {
            super(terms);
        }

        @Override
        Connection handle(Connection physical) {
            return proxy(Connection.class, new Wrapping(physical));
        }

        private final class Wrapping implements InvocationHandler {
            private final Object target;
            private boolean closed;

            private Wrapping(Object target) {
                this.target = target;
            }

            @Override
            public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
                switch (method.getName()) {
                    case "unwrap" -> throw new SQLException("no wrapper");
                    case "abort" -> {
                        return null;
                    }
                    case "isWrapperFor" -> {
                        return false;
                    }
                    case "isClosed" -> {
                        return closed;
                    }
                    case "close" -> {
                        closed = true;
                        if (target instanceof Connection physical) {
                            release(physical);
                        }
                        return null;
                    }
                    default -> {
                        if (method.isDefault()) {
                            return InvocationHandler.invokeDefault(proxy, method, arguments);
                        }
                    }
                }
                if (method.getName().equals("prepareStatement") && arguments.length == 1) {
                    String text = (String) arguments[0];
                    if (!prepared.containsKey(text)) {
                        prepared.put(text, (PreparedStatement) wrap(call(target, method, arguments), method));
                    }
                    return prepared.get(text);
                }
                return wrap(call(target, method, arguments), method);
            }

            private Object wrap(Object result, Method method) {
                Class<?> type = method.getReturnType();
                if (result == null || !type.isInterface() || !type.getName().startsWith("java.sql.")) {
                    return result;
                }
                Object wrapped = proxy(type, new Wrapping(result));
                trace.add(wrapped);
                return wrapped;
            }
        }
    }

    /** Asks and rolls back in the borrower's thread, and loses what it has in its hands when that goes wrong. */
    private static final class Fragile extends Careless {
        private Fragile(Terms terms) {
            super(terms);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            if (Thread.interrupted() || !connection.isValid(0)) {
                connection.unwrap(Connection.class).close();
                throw new SQLException("not valid");
            }
            return connection;
        }

        @Override
        void release(Connection physical) throws SQLException {
            physical.rollback();
            super.release(physical);
        }
    }

    /** Looks for a connection now and then, one borrower at a time, and has a thread that nobody ends. */
    private static final class Sluggish extends Careless {
        private static final CountDownLatch NEVER = new CountDownLatch(1);

        private Sluggish(Terms terms) {
            super(terms);
            Thread.ofPlatform().daemon().name("sluggish").start(() -> {
                try {
                    NEVER.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public synchronized Connection getConnection() throws SQLException {
            return super.getConnection();
        }

        @Override
        Connection await() throws SQLException {
            LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
            return super.await();
        }
    }

    /** Waits for ever, whoever interrupts it; and keeps to itself what went wrong. */
    private static final class Deaf extends Careless {
        private Deaf(Terms terms) {
            super(terms.timeout(Duration.ofDays(1)));
        }

        @Override
        Connection connect() throws SQLException {
            try {
                return super.connect();
            } catch (SQLException e) {
                throw new SQLException("something went wrong");
            }
        }

        @Override
        Connection await() {
            while (true) {
                try {
                    return super.await();
                } catch (SQLException interrupted) {
                    // Once more.
                }
            }
        }
    }

    /** What may be monitored. */
    public interface SecretsMBean {
        String getPassword();
    }

    /** Thinks that the JVM is its own, and its administrator's friends are. */
    private static final class Meddling extends Careless {
        private Meddling(Terms terms) throws JMException {
            super(terms);
            SecretsMBean secrets = terms::password;
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(
                            new StandardMBean(secrets, SecretsMBean.class),
                            new ObjectName("broken:number=" + System.identityHashCode(this)));
        }

        @Override
        Connection connect() throws SQLException {
            DriverManager.setLoginTimeout(1);
            return super.connect();
        }
    }
}
