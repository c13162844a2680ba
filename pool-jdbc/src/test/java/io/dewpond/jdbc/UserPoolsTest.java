package io.dewpond.jdbc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.testkit.FixedObjectInfo;
import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose connection one gets who comes with a password, and what wrong ones cost. */
@Tag("J42")
class UserPoolsTest {
    private static final Duration DELAY = Duration.ofSeconds(10);
    private static final Duration HOUR = Duration.ofHours(1);

    private final UserServer server = new UserServer();
    private final ManualTicker ticker = new ManualTicker();
    private final List<PooledDataSource> opened = new ArrayList<>();

    @AfterEach
    void seeThatNothingIsLeft() {
        server.gate().open();
        for (PooledDataSource ds : opened) {
            ds.close();
            // A login that hung until just now ends after the pool has.
            await().until(() -> ds.userStats().total() == 0 && ds.userStats().keys() == 0);
        }
        await().until(() -> server.open() == 0);
    }

    private JdbcPoolConfig config() {
        return JdbcPoolConfig.of(server.dataSource())
                .name("shop")
                .maxSize(2)
                .usersMaxTotal(6)
                .refusedRetryDelay(DELAY)
                .retryDelay(Duration.ofMillis(1))
                .maxRetryDelay(Duration.ofMillis(1))
                .validateAfterIdle(HOUR)
                .acquireTimeout(Duration.ofSeconds(20));
    }

    private PooledDataSource open(JdbcPoolConfig config) {
        PooledDataSource ds = PooledDataSource.open(config);
        opened.add(ds);
        return ds;
    }

    /** The same pool by a clock that stands still. */
    private JdbcPoolConfig still(JdbcPoolConfig config) {
        return config.withPool(config.engine().ticker(ticker));
    }

    /** Borrows and returns; tells which connection of the server's that was. */
    private static String cycle(PooledDataSource ds, String user, String password) throws SQLException {
        try (Connection connection = ds.getConnection(user, password)) {
            assertTrue(connection.getCatalog().startsWith(user + " "), connection.getCatalog());
            return connection.getCatalog();
        }
    }

    private static SQLException refused(PooledDataSource ds, String user, String password) {
        return assertThrows(SQLInvalidAuthorizationSpecException.class, () -> ds.getConnection(user, password));
    }

    // ---- whose connection

    @Test
    void eachUserIsLentConnectionsOfHisOwn() throws SQLException {
        server.know("ann", "a");
        server.know("bob", "b");
        PooledDataSource ds = open(config());
        String anns = cycle(ds, "ann", "a");
        String bobs = cycle(ds, "bob", "b");
        assertNotEquals(anns, bobs);
        assertEquals(anns, cycle(ds, "ann", "a"));
        assertEquals(bobs, cycle(ds, "bob", "b"));
        assertEquals(List.of("ann/a", "bob/b"), server.tries());
        assertEquals(2, ds.userStats().created());
        assertEquals(2, ds.userStats().keys());
        assertEquals(0, ds.pool().stats().created());
    }

    @Test
    void connectionsOfUsersAreRefusedWhereTheyAreNotEnabled() {
        PooledDataSource ds = open(config().usersMaxTotal(0));
        assertThrows(SQLFeatureNotSupportedException.class, () -> ds.getConnection("ann", "a"));
        assertEquals(0, ds.userStats().maxTotal());
    }

    @Test
    void wrongPasswordGetsNoConnectionOfTheRightOne() throws SQLException {
        server.know("ann", "right");
        PooledDataSource ds = open(config());
        cycle(ds, "ann", "right");
        for (String wrong : List.of("", "Right", "righ", "right ", "right\0")) {
            SQLException refused = refused(ds, "ann", wrong);
            assertEquals("28P01", refused.getSQLState());
        }
        refused(ds, "anne", "right");
        assertEquals(1, ds.userStats().created());
    }

    /** In UTF-8 all three would be one, for what can't be encoded becomes a question mark. */
    @Test
    void passwordsThatACharsetTakesForOneAreSeveral() throws SQLException {
        server.know("ann", "a?b");
        PooledDataSource ds = open(config());
        cycle(ds, "ann", "a?b");
        refused(ds, "ann", "a\uD800b");
        refused(ds, "ann", "a\uDC00b");
    }

    /** Were the two texts just joined, each would be the other. */
    @Test
    void whereTheUserEndsAndThePasswordBeginsMatters() {
        Notary notary = new Notary();
        Identity one = notary.login("ann", "abc").identity();
        assertEquals(one, notary.login("ann", "abc").identity());
        assertEquals(one.hashCode(), notary.login("ann", "abc").identity().hashCode());
        assertFalse(one.equals(notary.login("anna", "bc").identity()));
        assertFalse(one.hashCode() == notary.login("anna", "bc").identity().hashCode());
        assertFalse(one.equals(new Notary().login("ann", "abc").identity()));
    }

    @Test
    void nobodyAndNothingAreNoUserAndNoPassword() {
        PooledDataSource ds = open(config());
        for (String[] login : new String[][] {{null, null}, {"ann", null}, {null, "a"}, {"", "a"}, {" ", "a"}}) {
            assertEquals("28000", refused(ds, login[0], login[1]).getSQLState());
        }
        assertEquals(List.of(), server.tries());
    }

    @Test
    void userOfTheConfigurationHasAPoolOfHisOwnToo() throws SQLException {
        server.know("ann", "a");
        PooledDataSource ds = open(config().user("ann").password("a"));
        String main;
        try (Connection connection = ds.getConnection()) {
            main = connection.getCatalog();
        }
        assertNotEquals(main, cycle(ds, "ann", "a"));
        refused(ds, "ann", "b");
        assertEquals(1, ds.pool().stats().created());
        assertEquals(1, ds.userStats().created());
    }

    @Test
    void providedCredentialsAreNotThoseOfUsers() throws SQLException {
        server.know("ann", "a");
        server.know("bob", "b");
        PooledDataSource ds = open(config().credentials(CredentialsProvider.of("ann", "a")));
        ds.getConnection().close();
        cycle(ds, "bob", "b");
        assertEquals(List.of("ann/a", "bob/b"), server.tries());
    }

    // ---- what wrong passwords cost

    @Test
    void sameWrongPasswordIsTriedOnceInEachDelayWhichGrows() {
        PooledDataSource ds = open(still(config()));
        for (int factor : List.of(1, 2, 4)) {
            int before = server.tries().size();
            for (int i = 0; i < 3; i++) {
                SQLException refused = refused(ds, "ann", "wrong");
                assertTrue(refused.getMessage().contains("" + DELAY.multipliedBy(factor)), refused.getMessage());
            }
            assertEquals(before + 1, server.tries().size());
            ticker.advance(DELAY.multipliedBy(factor));
        }
    }

    @Test
    void withoutADelayEachTryIsALoginAndARefusalAllTheSame() {
        PooledDataSource ds = open(config().refusedRetryDelay(Duration.ZERO));
        for (int i = 0; i < 3; i++) {
            assertEquals("28P01", refused(ds, "ann", "wrong").getSQLState());
            await().until(() -> ds.userStats().keys() == 0); // the engine's own delay after a failure is over
        }
        assertEquals(3, server.tries().size());
    }

    @Test
    void refusalOfOnePasswordIsNoneOfAnother() throws SQLException {
        server.know("ann", "right");
        PooledDataSource ds = open(still(config()));
        refused(ds, "ann", "wrong");
        cycle(ds, "ann", "right");
        refused(ds, "ann", "wrong");
        assertEquals(List.of("ann/wrong", "ann/right"), server.tries());
    }

    @Test
    void passwordThatHasBecomeRightIsRightAfterTheDelay() throws SQLException {
        PooledDataSource ds = open(still(config()));
        refused(ds, "ann", "new");
        server.know("ann", "new");
        refused(ds, "ann", "new");
        ticker.advance(DELAY);
        cycle(ds, "ann", "new");
        server.know("ann", "newer");
        ds.getConnection("ann", "new").close(); // it has a connection, and the server hasn't been asked
    }

    @Test
    void ofSeveralWithTheSamePasswordOneTries() throws Exception {
        Gate gate = server.hang();
        PooledDataSource ds = open(config());
        List<FutureTask<SQLException>> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            FutureTask<SQLException> one = new FutureTask<>(() -> refused(ds, "ann", "wrong"));
            all.add(one);
            Thread thread = new Thread(one);
            threads.add(thread);
            thread.start();
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        gate.open();
        for (FutureTask<SQLException> one : all) {
            assertEquals("28P01", one.get().getSQLState());
        }
        assertEquals(List.of("ann/wrong"), server.tries());
    }

    @Test
    void thoseWhoseLoginsHangKeepNobodyWaitingWhoIsKnown() throws Exception {
        server.know("ann", "a");
        server.know("bob", "b");
        PooledDataSource ds = open(config());
        String anns = cycle(ds, "ann", "a");
        String bobs = cycle(ds, "bob", "b");
        Gate gate = server.hang();
        ExecutorService strangers = Executors.newCachedThreadPool();
        for (int i = 0; i < 20; i++) {
            int number = i;
            Future<?> unused = strangers.submit(() -> ds.getConnection("ann", "wrong " + number));
        }
        await().until(() -> ds.userStats().creating() == 3); // half the room
        assertEquals(anns, cycle(ds, "ann", "a"));
        assertEquals(bobs, cycle(ds, "bob", "b"));
        assertEquals(3, ds.userStats().creating());
        gate.open();
        strangers.shutdownNow();
    }

    @Test
    void manyWrongPasswordsCostTheKnownNothingAndLeaveNothingButABoundedMemory() throws Exception {
        server.know("ann", "a");
        PooledDataSource ds = open(config());
        String anns = cycle(ds, "ann", "a");
        ExecutorService attackers = Executors.newFixedThreadPool(8);
        List<Future<?>> attacks = new ArrayList<>();
        for (int i = 0; i < Refusals.MOST + 200; i++) {
            int number = i;
            attacks.add(attackers.submit(() -> refused(ds, "ann", "guess " + number)));
        }
        for (Future<?> attack : attacks) {
            attack.get();
            assertEquals(anns, cycle(ds, "ann", "a"));
        }
        attackers.shutdown();
        await().until(() -> ds.userStats().keys() == 1);
        assertEquals(Refusals.MOST + 201, server.tries().size(), "one login each");
        assertEquals(1, ds.userStats().created());
    }

    @Test
    void refusalsAreForgottenTheOldestFirst() {
        Refusals refusals = new Refusals(DELAY, ticker);
        Notary notary = new Notary();
        List<Identity> all = new ArrayList<>();
        for (int i = 0; i <= Refusals.MOST; i++) {
            Identity who = notary.login("ann", "guess " + i).identity();
            all.add(who);
            refusals.add(who, new SQLException("no", "28000"));
        }
        assertEquals(Refusals.MOST, refusals.size());
        assertEquals(null, refusals.of(all.get(0)));
        assertTrue(refusals.of(all.get(1)) != null);
    }

    // ---- a changed password

    @Test
    void newPasswordRetiresWhatTheFormerOneOpened() throws SQLException {
        server.know("ann", "old");
        server.know("bob", "b");
        PooledDataSource ds = open(config());
        String bobs = cycle(ds, "bob", "b");
        Connection lent = ds.getConnection("ann", "old");
        String idle = cycle(ds, "ann", "old");
        assertNotEquals(idle, lent.getCatalog());
        server.know("ann", "new");
        assertEquals(idle, cycle(ds, "ann", "old")); // for nobody knows yet
        cycle(ds, "ann", "new");
        assertFalse(lent.isClosed());
        lent.close();
        refused(ds, "ann", "old");
        assertEquals(bobs, cycle(ds, "bob", "b"));
        await().until(() -> server.open() == 2);
    }

    /** Residents alone: the order in which the server's answers come in is not that in which they were asked for. */
    @Test
    void loginThatBeganEarlierSupersedesNone() throws SQLException {
        Residents residents = new Residents();
        Notary notary = new Notary();
        Identity former = notary.login("ann", "old").identity();
        Identity next = notary.login("ann", "new").identity();
        PhysicalConnection slow = PhysicalConnection.over(new RecordingDriver().connection(), SessionDefaults.NONE);
        PhysicalConnection fresh = PhysicalConnection.over(new RecordingDriver().connection(), SessionDefaults.NONE);
        long first = residents.begin();
        residents.add(next, residents.begin(), fresh);
        residents.add(former, first, slow);
        assertTrue(residents.knows(next));
        assertFalse(residents.knows(former));
        assertTrue(isSuperseded(residents, slow));
        assertFalse(isSuperseded(residents, fresh));
        residents.remove(fresh);
        assertTrue(isSuperseded(residents, slow), "for good");
        residents.remove(slow);
        assertEquals(0, residents.size());
    }

    @Test
    void whoeverWasLetInLastIsTheResident() throws SQLException {
        Residents residents = new Residents();
        Notary notary = new Notary();
        Identity former = notary.login("ann", "old").identity();
        Identity next = notary.login("ann", "new").identity();
        for (Identity who : List.of(former, next)) {
            assertFalse(residents.knows(who));
            Connection physical = new RecordingDriver().connection();
            residents.add(who, residents.begin(), PhysicalConnection.over(physical, SessionDefaults.NONE));
            assertTrue(residents.knows(who));
        }
        assertFalse(residents.knows(former));
    }

    private static boolean isSuperseded(Residents residents, PhysicalConnection connection) {
        return residents.shouldEvict(connection, FixedObjectInfo.fresh());
    }

    @Test
    void twoPasswordsThatAreBothRightAreBothServed() throws SQLException {
        server.know("ann", "one", "two");
        PooledDataSource ds = open(config());
        for (int i = 0; i < 3; i++) {
            cycle(ds, "ann", "one");
            cycle(ds, "ann", "two");
        }
    }

    // ---- like any pool

    @Test
    void userWaitsForHisOwnAndIsToldWhoHasThem() throws SQLException {
        server.know("ann", "a");
        PooledDataSource ds = open(config().maxSize(1).acquireTimeout(Duration.ofSeconds(1)));
        try (Connection held = ds.getConnection("ann", "a")) {
            SQLException timeout =
                    assertThrows(SQLTransientConnectionException.class, () -> ds.getConnection("ann", "a"));
            assertTrue(timeout.getMessage().contains("shop[ann]"), timeout.getMessage());
            assertTrue(timeout.getMessage().contains(Thread.currentThread().getName()), timeout.getMessage());
            assertFalse(held.isClosed());
        }
    }

    @Test
    void allUsersTogetherHaveNoMoreThanTheTotal() throws SQLException {
        PooledDataSource ds = open(config().usersMaxTotal(2).acquireTimeout(Duration.ofSeconds(1)));
        for (String user : List.of("ann", "bob", "cid")) {
            server.know(user, user);
        }
        Connection anns = ds.getConnection("ann", "ann");
        Connection bobs = ds.getConnection("bob", "bob");
        assertThrows(SQLTransientConnectionException.class, () -> ds.getConnection("cid", "cid"));
        bobs.close();
        cycle(ds, "cid", "cid"); // which bob's has made way for
        assertEquals(2, ds.userStats().total());
        anns.close();
    }

    @Test
    void serverThatIsAwayIsToldAtOnce() {
        server.fail(new SQLException("no route", "08001"));
        PooledDataSource ds = open(still(config())); // so that nobody is out of time
        SQLException away = assertThrows(SQLTransientConnectionException.class, () -> ds.getConnection("ann", "a"));
        assertEquals("08001", away.getSQLState());
        assertEquals("no route", away.getCause().getMessage());
    }

    @Test
    void interruptedUserKeepsHisFlag() throws Exception {
        Gate gate = server.hang();
        PooledDataSource ds = open(config());
        FutureTask<Boolean> waits = new FutureTask<>(() -> {
            SQLException interrupted = assertThrows(SQLException.class, () -> ds.getConnection("ann", "a"));
            assertEquals("HY008", interrupted.getSQLState());
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(waits);
        thread.start();
        gate.awaitArrivals(1, Duration.ofSeconds(20));
        thread.interrupt();
        assertTrue(waits.get());
    }

    @Test
    void strangerForWhomThereIsNoPlaceIsToldSoInTime() throws Exception {
        Strangers strangers = new Strangers(1, ticker);
        Notary notary = new Notary();
        Identity one = notary.login("ann", "hush").identity();
        Identity other = notary.login("ann", "hush!").identity();
        Gate gate = new Gate();
        long deadline = ticker.nanoTime() + HOUR.toNanos();
        FutureTask<String> first = new FutureTask<>(() -> strangers.enter(one, deadline, () -> {
            gate.pass();
            return "done";
        }));
        new Thread(first).start();
        gate.awaitArrivals(1, Duration.ofSeconds(20));
        for (Identity late : List.of(one, other)) {
            SQLException failure = assertThrows(
                    SQLTransientConnectionException.class,
                    () -> strangers.enter(late, ticker.nanoTime(), () -> "never"));
            assertTrue(failure.getMessage().contains("user 'ann' in time"), failure.getMessage());
        }
        gate.open();
        assertEquals("done", first.get());
        assertEquals("next", strangers.enter(other, deadline, () -> "next"));
    }

    @Test
    void failureThatMayHaveEndedAllSuspectsTheConnectionsOfOtherUsers() throws SQLException {
        server.know("ann", "a");
        server.know("bob", "b");
        PooledDataSource ds = open(config());
        String bobs = cycle(ds, "bob", "b");
        try (Connection connection = ds.getConnection("ann", "a")) {
            server.breakDown(new SQLException("terminating connection due to administrator command", "57P01"));
            assertThrows(SQLException.class, connection::createStatement);
        }
        assertNotEquals(bobs, cycle(ds, "bob", "b"));
    }

    @Test
    void closeEndsTheConnectionsOfAllUsersAndRefusesThem() throws SQLException {
        server.know("ann", "a");
        PooledDataSource ds = open(config().drainTimeout(Duration.ofMillis(200)));
        Connection kept = ds.getConnection("ann", "a");
        cycle(ds, "ann", "a");
        ds.close();
        assertEquals(0, server.open(), "what is lent when the drain is over is aborted before the close returns");
        assertEquals(0, ds.userStats().idle());
        SQLException closed =
                assertThrows(SQLNonTransientConnectionException.class, () -> ds.getConnection("ann", "a"));
        assertEquals("08003", closed.getSQLState());
        assertThrows(SQLNonTransientConnectionException.class, () -> ds.getConnection("bob", "b"));
        kept.close();
    }

    @Test
    void usersAreRefusedWhileTheMainPoolDrains() throws Exception {
        server.know("ann", "a");
        PooledDataSource ds = open(config().user("ann").password("a").drainTimeout(HOUR));
        Connection kept = ds.getConnection();
        Thread closer = new Thread(ds::close);
        closer.start();
        await().until(() -> closer.getState() == Thread.State.WAITING);
        assertThrows(SQLNonTransientConnectionException.class, () -> ds.getConnection("ann", "a"));
        kept.close();
        closer.join();
    }

    @Test
    @Tag("J45")
    void nothingShowsAPassword() throws Exception {
        String hush = "hush-hush";
        server.know("ann", hush);
        PooledDataSource ds = open(config().maxSize(1).acquireTimeout(Duration.ofSeconds(1)));
        Set<String> said = ConcurrentHashMap.newKeySet();
        try (Connection connection = ds.getConnection("ann", hush)) {
            said.add(connection.toString());
            said.add(text(assertThrows(SQLException.class, () -> ds.getConnection("ann", hush))));
            said.add(text(refused(ds, "ann", hush + "-no")));
            said.add(text(refused(ds, "ann", hush + "-no"))); // from memory
            Thread.getAllStackTraces().keySet().forEach(thread -> said.add(thread.getName()));
        }
        said.add(ds.toString());
        said.add(ds.config().toString());
        said.add(ds.userStats().toString());
        said.add(new Notary().login("ann", hush).toString());
        said.add(new Notary().login("ann", hush).identity().toString());
        for (String text : said) {
            assertFalse(text.contains(hush), text);
        }
    }

    private static String text(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable next = failure; next != null; next = next.getCause()) {
            all.append(next).append('\n');
        }
        return all.toString();
    }
}
