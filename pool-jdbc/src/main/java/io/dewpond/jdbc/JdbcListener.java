package io.dewpond.jdbc;

import io.dewpond.LeaseHolder;
import java.time.Duration;
import java.util.List;

/**
 * Is told what borrowers of connections do that somebody may want to know of.
 *
 * <p>What it throws is logged, and costs nobody anything.
 *
 * <p><b>Threads:</b> {@link #statementSlow} and {@link #statementsLeftOpen} are called in the thread of the borrower, who
 * waits; several may call at once, so an implementation must be fast and thread-safe. The others are called one after the
 * other on a thread of the pool.
 */
public interface JdbcListener {
    /**
     * A statement was executed, with success or without, and the driver took {@link JdbcPoolConfig#slowStatementAfter()} or
     * longer. Fetching the rows of a result is not part of it.
     *
     * @param sql the text of the statement, with its parameters' places and not their values; of a batch of several texts
     *     the last one; empty if there is none
     * @param took how long the driver took
     */
    default void statementSlow(String sql, Duration took) {}

    /**
     * A borrower has closed a connection without closing all of its statements, or of the cursors and metadata results that
     * came from no statement. The pool closes them: this tells where to mend the code.
     *
     * @param count how many were open
     * @param holder the name of the thread that borrowed the connection, how long it was out and, of the borrows that {@link
     *     JdbcPoolConfig#siteSampling()} draws, where it was borrowed
     */
    default void statementsLeftOpen(int count, LeaseHolder holder) {}

    /**
     * A connection has been lent for longer than {@link JdbcPoolConfig#overdueAfter()}; told once, while it is out.
     *
     * @param holder who borrowed it, since when and, if recorded, where
     * @param stack what the thread that borrowed it is doing now, the innermost call first; empty if it has ended
     */
    default void connectionOverdue(LeaseHolder holder, List<StackTraceElement> stack) {}

    /**
     * A connection that was told to be overdue has been returned, or was taken back.
     *
     * @param holder who had borrowed it, where if recorded, and for how long
     */
    default void overdueConnectionReturned(LeaseHolder holder) {}
}
