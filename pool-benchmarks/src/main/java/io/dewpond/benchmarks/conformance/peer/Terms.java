package io.dewpond.benchmarks.conformance.peer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a case asks of a pool besides its safest configuration. Nothing is opened in advance: who connects, and when,
 * is then for the case to say.
 *
 * @param timeout how long a borrower waits
 * @param initSql executed on each new connection
 * @param resetSql executed on each return
 * @param fatalState an SQLState that the user declares to end a connection
 * @param reclaimAfter how long a connection may be out before the pool takes it back; zero: for ever
 * @param statements how many prepared statements are kept for each connection; 0: none
 */
public record Terms(
        String url,
        String user,
        String password,
        int size,
        Duration timeout,
        boolean autoCommit,
        @Nullable String initSql,
        @Nullable String resetSql,
        @Nullable String fatalState,
        Duration reclaimAfter,
        int statements,
        boolean requestBoundaries,
        boolean jmx) {

    /** A pool of so many connections, whose borrowers wait for a second. */
    public static Terms of(String url, int size) {
        return new Terms(
                url,
                "ann",
                "s3cr3t-of-ann",
                size,
                Duration.ofSeconds(1),
                true,
                null,
                null,
                null,
                Duration.ZERO,
                0,
                false,
                false);
    }

    public Terms timeout(Duration wait) {
        return new Terms(
                url,
                user,
                password,
                size,
                wait,
                autoCommit,
                initSql,
                resetSql,
                fatalState,
                reclaimAfter,
                statements,
                requestBoundaries,
                jmx);
    }

    /** With a feature that not every pool has. */
    public Terms with(Feature feature) {
        return new Terms(
                url,
                user,
                password,
                size,
                timeout,
                autoCommit && feature != Feature.AUTO_COMMIT_OFF,
                feature == Feature.INIT_SQL ? "init" : initSql,
                feature == Feature.RESET_SQL ? "discard all" : resetSql,
                feature == Feature.FATAL_STATE ? "XX042" : fatalState,
                feature == Feature.RECLAIM ? Duration.ofSeconds(1) : reclaimAfter,
                feature == Feature.STATEMENT_CACHE ? 2 : statements,
                requestBoundaries || feature == Feature.REQUEST_BOUNDARIES,
                jmx || feature == Feature.JMX);
    }
}
