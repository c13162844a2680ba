package io.dewpond.jdbc;

import io.dewpond.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Says as whom to connect, and is asked before each connect: for passwords that are rotated and tokens that expire.
 *
 * <p>Called on threads of the pool, several at once up to {@link JdbcPoolConfig#maxConcurrentCreations()}; must be thread-safe.
 * May block, within the {@link JdbcPoolConfig#createTimeout()} of the connect; then the thread is interrupted. What it throws
 * is a failed connect. Its messages should not hold a password; those of the drivers are cleaned of it.
 *
 * <h2>When credentials are refused</h2>
 *
 * The pool asks for {@linkplain #fresh() fresh} ones and, if they differ, tries once more with them. If they are accepted, what
 * the old ones opened is replaced: idle connections at once, lent ones when they are returned. If not, nobody connects for
 * {@link JdbcPoolConfig#refusedRetryDelay()}, and for twice as long after each further refusal, up to 16 times that, lest the
 * account be locked; only other credentials are tried before.
 */
@FunctionalInterface
public interface CredentialsProvider {
    /**
     * Says as whom to connect now.
     *
     * @return the credentials, not null
     * @throws Exception if there are none now; then the connect has failed
     */
    Credentials credentials() throws Exception;

    /**
     * Says as whom to connect now that the last credentials were refused: goes to the source, where {@link #credentials()} may
     * answer from memory. By default, the same.
     *
     * @return the credentials, not null; equal ones are not tried again
     * @throws Exception if there are none now; then the connect has failed
     */
    default Credentials fresh() throws Exception {
        return credentials();
    }

    /**
     * Tells whether connections that were opened with the old credentials are to be replaced now that a connect has succeeded
     * with others. By default false: a token that is new at each connect says nothing of the connections that others opened.
     * Where it is true, all connections of the pool are replaced, and the one just made with them. Not asked after a refusal,
     * which tells enough. Must neither block nor throw.
     *
     * @param old the credentials of the last successful connect
     * @param next the credentials of the present one, not equal to the old
     * @return whether to replace what the old ones opened
     */
    default boolean replaces(Credentials old, Credentials next) {
        return false;
    }

    /**
     * Returns a provider that always says the same.
     *
     * @param user whom to connect as
     * @param password the password
     * @return the provider
     * @throws NullPointerException if an argument is null
     */
    static CredentialsProvider of(String user, String password) {
        Credentials same = Credentials.of(user, password);
        return () -> same;
    }

    /**
     * Returns a provider that reads a file at each connect: one of properties in UTF-8, with a {@code user} and a {@code
     * password}. When the file has changed and a connect has succeeded with what it says now, connections that were opened
     * before are replaced.
     *
     * @param file the file; need not exist yet
     * @return the provider
     * @throws NullPointerException if {@code file} is null
     */
    static CredentialsProvider fromFile(Path file) {
        return new CredentialsFile(Objects.requireNonNull(file, "file"));
    }

    /**
     * Returns a provider that keeps the credentials of another for a time, so that a slow or costly source isn't asked at each
     * connect. {@link #fresh()} asks again, and what it gets is kept from then on. When several threads find the time over at
     * once, each may ask.
     *
     * @param source says what is kept; asked for {@linkplain #fresh() fresh} ones, but for the first time
     * @param time how long credentials are used, well within their validity; positive
     * @return the provider
     * @throws IllegalArgumentException if {@code time} is zero or negative
     * @throws NullPointerException if an argument is null
     */
    static CredentialsProvider cached(CredentialsProvider source, Duration time) {
        return new CachedCredentials(Objects.requireNonNull(source, "source"), time, Ticker.system());
    }
}
