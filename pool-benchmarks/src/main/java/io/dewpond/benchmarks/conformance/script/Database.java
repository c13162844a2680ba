package io.dewpond.benchmarks.conformance.script;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A database in memory, with no tables but with sessions, transactions and settings, as the JDBC API describes them:
 * what a connection asked of it stands in its {@link Session}. A case may interfere with connecting and with any
 * method of any interface.
 *
 * <p>It is strict where a driver may be: a transaction that is open when its session ends is committed (as Oracle's
 * driver does), and read-only and isolation can't be changed in a transaction (as PostgreSQL's has it).
 */
public final class Database {
    private static final Map<String, Database> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String url = ScriptedDriver.PREFIX + NUMBERS.incrementAndGet();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final Map<String, Reaction> reactions = new ConcurrentHashMap<>();
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private volatile Connecting connecting = attempt -> {};
    private volatile boolean remembering = true;

    /** What happens to a call. */
    @FunctionalInterface
    public interface Reaction {
        /** Answers instead of the driver, with {@link Call#proceed()} for what it would have done. */
        @Nullable
        Object to(Call call) throws Throwable;
    }

    /** What happens before a session begins. */
    @FunctionalInterface
    public interface Connecting {
        /** Lets the connect go on, or throws, or never returns; attempts are counted from 1. */
        void attempt(int number) throws Throwable;
    }

    private Database() {}

    /** A new one, with an address of its own. */
    public static Database start() {
        Database database = new Database();
        ALL.put(database.url, database);
        return database;
    }

    static Database at(String url) throws SQLException {
        Database database = ALL.get(url);
        if (database == null) {
            throw new SQLException("no database at " + url, "08001");
        }
        return database;
    }

    public String url() {
        return url;
    }

    /** Has every later connect go through this first. */
    public void onConnect(Connecting event) {
        connecting = event;
    }

    /** Has every later call of a method, such as {@code Connection.setSchema}, go through this. */
    public void on(String method, Reaction reaction) {
        reactions.put(method, reaction);
    }

    /** Has a method behave again. */
    public void heal(String method) {
        reactions.remove(method);
    }

    /** Remembers no call from now on: for cases that make a million. */
    public void forgetCalls() {
        remembering = false;
    }

    /** Ends all sessions, as a restart does; new ones can be had. */
    public void restart() {
        sessions.forEach(Session::kill);
    }

    public List<Session> sessions() {
        return sessions;
    }

    /** The session of a pooled connection, open; {@code nativeSQL} is what every pool hands through. */
    public Session session(Connection connection) throws SQLException {
        long id = Long.parseLong(connection.nativeSQL(""));
        return sessions.stream()
                .filter(session -> session.id() == id)
                .findFirst()
                .orElseThrow(() -> new SQLException("no session " + id));
    }

    /** How many connects were tried. */
    public int connects() {
        return connects.get();
    }

    /** How many sessions are open. */
    public int open() {
        return open.get();
    }

    /** How many were open at once, at most. */
    public int mostOpen() {
        return mostOpen.get();
    }

    Connection connect(Properties info) throws SQLException {
        int attempt = connects.incrementAndGet();
        try {
            connecting.attempt(attempt);
        } catch (Throwable failure) {
            throw Sneaky.raise(failure);
        }
        Session session = new Session(this, attempt, info.getProperty("user", ""));
        sessions.add(session);
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return session.connection();
    }

    void ended() {
        open.decrementAndGet();
    }

    @Nullable
    Object react(Call call) throws Throwable {
        if (remembering) {
            call.session().remember(call);
        }
        Reaction reaction = reactions.get(call.name());
        return reaction == null ? call.proceed() : reaction.to(call);
    }
}
