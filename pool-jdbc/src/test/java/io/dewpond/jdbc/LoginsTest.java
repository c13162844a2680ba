package io.dewpond.jdbc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As whom a pool connects, and what it does when that is refused. */
@Tag("J43")
@Timeout(60)
class LoginsTest {
    private static final Duration DELAY = Duration.ofSeconds(10);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTicker ticker = new ManualTicker();
    private final GuardedServer server = new GuardedServer("right"::equals);

    private Logins logins(CredentialsProvider provider) {
        Door door = as -> server.login(as.user(), as.password());
        return new Logins(door, provider, Judge.STANDARD, new Secrets(List.of()), DELAY, ticker);
    }

    private static CredentialsProvider remembering(String remembered, String atTheSource) {
        return new CredentialsProvider() {
            @Override
            public Credentials credentials() {
                return Credentials.of("ann", remembered);
            }

            @Override
            public Credentials fresh() {
                return Credentials.of("ann", atTheSource);
            }
        };
    }

    private RefusedCredentialsException refused(Logins logins) {
        return assertThrows(RefusedCredentialsException.class, logins::connect);
    }

    // ---- one connect

    @Test
    void providerIsAskedAtEachConnect() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.let(any -> true);
        Logins logins = logins(() -> Credentials.of("ann", "token " + asked.incrementAndGet()));
        logins.connect();
        logins.connect();
        assertEquals(List.of("token 1", "token 2"), server.tries());
    }

    @Test
    void refusedCredentialsAreTriedOnceMoreWithFreshOnes() throws Exception {
        logins(remembering("old", "right")).connect();
        assertEquals(List.of("old", "right"), server.tries());
    }

    @Test
    void noMoreThanOnce() {
        RefusedCredentialsException refused = refused(logins(remembering("old", "stale")));
        assertEquals(List.of("old", "stale"), server.tries());
        assertFalse(refused.getMessage().contains("stale"), refused.getMessage());
    }

    @Test
    void sameCredentialsAreNotTriedTwice() {
        RefusedCredentialsException refused = refused(logins(CredentialsProvider.of("ann", "wrong")));
        assertEquals(List.of("wrong"), server.tries());
        assertEquals(DELAY, refused.retryAfter());
        assertEquals("28P01", refused.getSQLState());
        assertEquals(1045, refused.getErrorCode());
        assertTrue(refused.getMessage().startsWith("no login of ann with ***"), refused.getMessage());
        assertEquals("no login of ann with ***", refused.getCause().getMessage());
    }

    @Test
    void failureOfAnotherKindIsNoRefusal() {
        Door down = as -> {
            throw new SQLException("no route", "08001");
        };
        Logins logins =
                new Logins(down, remembering("old", "right"), Judge.STANDARD, new Secrets(List.of()), DELAY, ticker);
        SQLException failure = assertThrows(SQLException.class, logins::connect);
        assertFalse(failure instanceof RefusedCredentialsException);
        IOException away = new IOException("vault");
        assertEquals(
                away,
                assertThrows(
                        IOException.class,
                        () -> logins(() -> {
                                    throw away;
                                })
                                .connect()));
        assertThrows(SQLException.class, () -> logins(() -> null).connect());
        assertEquals(List.of(), server.tries());
    }

    // ---- not to lock the account

    @Test
    void nobodyKnocksBeforeTheDelayIsOver() {
        Logins logins = logins(CredentialsProvider.of("ann", "wrong"));
        refused(logins);
        ticker.advance(DELAY.minusSeconds(1));
        assertEquals(Duration.ofSeconds(1), refused(logins).retryAfter());
        assertEquals(1, server.tries().size());
        ticker.advance(Duration.ofSeconds(1));
        assertEquals(DELAY.multipliedBy(2), refused(logins).retryAfter());
        assertEquals(2, server.tries().size());
    }

    @Test
    void delayDoublesUpToABound() {
        Logins logins = logins(CredentialsProvider.of("ann", "wrong"));
        for (int factor : List.of(1, 2, 4, 8, 16, 16, 16)) {
            Duration delay = refused(logins).retryAfter();
            assertEquals(DELAY.multipliedBy(factor), delay);
            ticker.advance(delay);
        }
    }

    @Test
    void otherCredentialsAreTriedAtOnceAndEndTheDelay() throws Exception {
        AtomicInteger version = new AtomicInteger();
        Logins logins = logins(() -> Credentials.of("ann", version.get() == 0 ? "wrong" : "right"));
        refused(logins);
        version.set(1);
        logins.connect();
        version.set(0);
        assertEquals(DELAY, refused(logins).retryAfter());
        assertEquals(List.of("wrong", "right", "wrong"), server.tries());
    }

    /** Both have come before either is refused: the server answers when the second waits for the first. */
    @Test
    void ofSeveralAtOnceOneTriesWhatIsNotKnownToBeRight() throws Exception {
        Gate answer = new Gate();
        AtomicInteger knocks = new AtomicInteger();
        Door door = as -> {
            knocks.incrementAndGet();
            answer.pass();
            return server.login(as.user(), as.password());
        };
        Logins logins = new Logins(
                door, CredentialsProvider.of("ann", "wrong"), Judge.STANDARD, new Secrets(List.of()), DELAY, ticker);
        FutureTask<RefusedCredentialsException> first = new FutureTask<>(() -> refused(logins));
        FutureTask<RefusedCredentialsException> second = new FutureTask<>(() -> refused(logins));
        Thread one = new Thread(first);
        one.start();
        answer.awaitArrivals(1, Duration.ofSeconds(20));
        Thread two = new Thread(second);
        two.start();
        await().until(() -> knocks.get() > 1 || two.getState() == Thread.State.TIMED_WAITING);
        answer.open();
        assertEquals(first.get().getSQLState(), second.get().getSQLState());
        assertEquals(1, knocks.get());
    }

    /** Were the second to wait for the first, this would not end. */
    @Test
    void trialThatHangsHoldsUpNobody() throws Exception {
        Gate hang = new Gate();
        AtomicInteger knocks = new AtomicInteger();
        Door door = as -> {
            if (knocks.incrementAndGet() == 1) {
                hang.pass();
            }
            return server.login(as.user(), as.password());
        };
        Logins logins = new Logins(
                door, CredentialsProvider.of("ann", "right"), Judge.STANDARD, new Secrets(List.of()), DELAY, ticker);
        FutureTask<Connection> first = new FutureTask<>(logins::connect);
        new Thread(first).start();
        hang.awaitArrivals(1, Duration.ofSeconds(20));
        assertFalse(logins.connect().isClosed());
        hang.open();
        assertFalse(first.get().isClosed());
    }

    @Test
    void poolWaitsAsLongAsARefusalAsks() throws SQLException {
        JdbcPoolConfig config = JdbcPoolConfig.of(server.dataSource())
                .user("ann")
                .password("wrong")
                .maxSize(1)
                .acquireTimeout(Duration.ofMillis(200))
                .retryDelay(Duration.ofMillis(1))
                .maxRetryDelay(Duration.ofMillis(1))
                .refusedRetryDelay(HOUR);
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            for (int i = 0; i < 3; i++) {
                SQLTransientConnectionException timeout =
                        assertThrows(SQLTransientConnectionException.class, ds::getConnection);
                assertInstanceOf(RefusedCredentialsException.class, timeout.getCause());
                assertEquals("28P01", timeout.getSQLState());
            }
        }
        assertEquals(List.of("wrong"), server.tries());
    }

    // ---- what the old ones opened

    private JdbcPoolConfig guarded(CredentialsProvider provider) {
        return JdbcPoolConfig.of(server.dataSource())
                .credentials(provider)
                .maxSize(2)
                .acquireTimeout(Duration.ofSeconds(30))
                .validateAfterIdle(HOUR);
    }

    @Test
    void whatRefusedCredentialsOpenedIsReplaced(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("credentials");
        Files.writeString(file, "user=ann\npassword=right\n");
        CredentialsProvider cached = CredentialsProvider.cached(CredentialsProvider.fromFile(file), HOUR);
        try (PooledDataSource ds = PooledDataSource.open(guarded(cached))) {
            Connection old = ds.getConnection();
            server.let("next"::equals);
            Files.writeString(file, "user=ann\npassword=next\n");
            try (Connection fresh = ds.getConnection()) {
                assertFalse(fresh.isClosed());
                old.close(); // and not to be lent again
                try (Connection another = ds.getConnection()) {
                    assertFalse(another.isClosed());
                }
            }
            assertEquals(List.of("right", "right"), server.tries().subList(0, 2));
            assertEquals(1, server.tries().lastIndexOf("right"), "by nobody since");
        }
    }

    @Test
    void whatAFileOpenedIsReplacedWhenItHasChanged(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("credentials");
        Files.writeString(file, "user=ann\npassword=right\n");
        server.let(any -> true);
        try (PooledDataSource ds = PooledDataSource.open(guarded(CredentialsProvider.fromFile(file)))) {
            Connection old = ds.getConnection();
            Files.writeString(file, "user=ann\npassword=next\n");
            ds.getConnection().close();
            old.close();
            ds.getConnection().close();
            assertEquals(List.of("right", "next", "next"), server.tries());
            assertEquals(3, ds.pool().stats().created());
        }
    }

    @Test
    void tokenThatIsNewAtEachConnectReplacesNothing() throws SQLException {
        AtomicInteger asked = new AtomicInteger();
        server.let(any -> true);
        try (PooledDataSource ds =
                PooledDataSource.open(guarded(() -> Credentials.of("ann", "token " + asked.incrementAndGet())))) {
            try (Connection one = ds.getConnection();
                    Connection two = ds.getConnection()) {
                assertFalse(one.isClosed() || two.isClosed());
            }
            assertEquals(2, ds.pool().stats().created());
            assertEquals(2, ds.pool().stats().idle());
        }
    }

    // ---- providers

    @Test
    void cachedCredentialsAreAskedForWhenTheirTimeIsOverAndWhenRefused() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CredentialsProvider counted = () -> Credentials.of("ann", "token " + asked.incrementAndGet());
        CredentialsProvider cached = new CachedCredentials(counted, DELAY, ticker);
        assertEquals("token 1", cached.credentials().password());
        ticker.advance(DELAY.minusNanos(1));
        assertEquals("token 1", cached.credentials().password());
        ticker.advance(Duration.ofNanos(1));
        assertEquals("token 2", cached.credentials().password());
        assertEquals("token 3", cached.fresh().password());
        assertEquals("token 3", cached.credentials().password());
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> CredentialsProvider.cached(counted, Duration.ZERO));
        assertEquals("time is PT0S, but must be positive", refusal.getMessage());
    }

    @Test
    @Tag("J45")
    void fileThatSaysNoCredentialsIsNamedAndNotQuoted(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("credentials");
        CredentialsProvider provider = CredentialsProvider.fromFile(file);
        assertThrows(IOException.class, provider::credentials);
        for (String text : List.of("password=hush", "user=hush", "user=ann\npassword=hush\\u00zz")) {
            Files.writeString(file, text);
            IOException failure = assertThrows(IOException.class, provider::credentials);
            assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
            assertFalse(failure.toString().contains("hush"), failure.toString());
            assertEquals(null, failure.getCause());
        }
    }

    @Test
    @Tag("J45")
    void credentialsAreEqualByWhatTheySayAndPrintTheUserAlone() {
        Credentials one = Credentials.of("ann", "hush");
        assertEquals(one, Credentials.of("ann", "hush"));
        assertEquals(one.hashCode(), Credentials.of("ann", "hush").hashCode());
        assertFalse(one.equals(Credentials.of("ann", "other")));
        assertFalse(one.equals(Credentials.of("bob", "hush")));
        assertEquals("Credentials[user=ann]", one.toString());
    }
}
