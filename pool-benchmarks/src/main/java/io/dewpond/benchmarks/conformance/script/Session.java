package io.dewpond.benchmarks.conformance.script;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session of the database: its transaction, what is open in it, and what it was asked. */
public final class Session {
    private final Database database;
    private final long id;
    private final String user;
    private final ConnectionThing connection;
    private final List<Call> calls = new ArrayList<>();
    private final List<String> executed = new ArrayList<>();
    private final Set<StatementThing> statements = new HashSet<>();
    private boolean inTransaction;
    private int commits;
    private int rollbacks;
    private volatile boolean dead;
    private volatile @Nullable SQLWarning warning;

    Session(Database database, long id, String user) {
        this.database = database;
        this.id = id;
        this.user = user;
        connection = new ConnectionThing(this);
    }

    public long id() {
        return id;
    }

    /** Who connected. */
    public String user() {
        return user;
    }

    /** The driver's connection, which no borrower should meet but by {@code unwrap}. */
    public Connection connection() {
        return (Connection) connection.proxy();
    }

    public boolean isClosed() {
        return connection.isClosed();
    }

    /** Ends it from the server's side. */
    public void kill() {
        dead = true;
    }

    public synchronized boolean isInTransaction() {
        return inTransaction;
    }

    /** How many transactions ended so, whoever ended them and how. */
    public synchronized int commits() {
        return commits;
    }

    public synchronized int rollbacks() {
        return rollbacks;
    }

    /** How many statements are open, those behind the metadata's and the arrays' result sets too. */
    public synchronized int openStatements() {
        return statements.size();
    }

    /** The texts that were executed. */
    public synchronized List<String> executed() {
        return List.copyOf(executed);
    }

    /** What was called so far, oldest first. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The names of what was called after so many calls. */
    public List<String> callsAfter(int count) {
        List<Call> all = calls();
        return all.subList(count, all.size()).stream().map(Call::name).toList();
    }

    /** Has the server warn the session. */
    public void warn(String text) {
        warning = new SQLWarning(text);
    }

    Database database() {
        return database;
    }

    synchronized void remember(Call call) {
        calls.add(call);
    }

    void requireAlive() throws SQLException {
        if (dead) {
            throw new SQLException("terminating connection due to administrator command", "57P01");
        }
    }

    boolean isDead() {
        return dead;
    }

    @Nullable
    SQLWarning warning() {
        return warning;
    }

    void clearWarnings() {
        warning = null;
    }

    synchronized void opened(StatementThing statement) {
        statements.add(statement);
    }

    synchronized void closed(StatementThing statement) {
        statements.remove(statement);
    }

    /** Begins a transaction, unless each statement is one by itself. */
    void touch() {
        boolean begins = !connection.isAutoCommit();
        synchronized (this) {
            inTransaction |= begins;
        }
    }

    synchronized void end(boolean commit) {
        if (inTransaction) {
            inTransaction = false;
            if (commit) {
                commits++;
            } else {
                rollbacks++;
            }
        }
    }

    /** Understands {@code set autocommit=0}; {@code fail X} with an SQLState X; all else succeeds. */
    void execute(String sql) throws SQLException {
        synchronized (this) {
            executed.add(sql);
        }
        if (sql.startsWith("set autocommit=")) {
            connection.setAutoCommit(sql.endsWith("1"));
            return;
        }
        touch();
        if (sql.startsWith("fail ")) {
            throw new SQLException("as the case has it", sql.substring(5), 4711);
        }
    }

    /** Ends it from the client's side. */
    void close(boolean commit) {
        List<StatementThing> left;
        synchronized (this) {
            left = new ArrayList<>(statements);
        }
        left.forEach(StatementThing::close);
        end(commit && !dead);
        database.ended();
    }
}
