package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What must hold for users of a real database; run on each by a subclass. */
@Tag("J42")
abstract class UserDatabaseContract {
    static final List<String> USERS = List.of("ann", "bob", "cid");

    private PooledDataSource ds;

    /** Returns the URL of a database, without a user. */
    abstract String url();

    /** Returns who may make users, and has no password. */
    abstract String owner();

    /** Returns what has to be done before there are users. */
    abstract List<String> preparation();

    /** Returns what has a user log in with a password from now on. */
    abstract String setPassword(String user, String password);

    static String passwordOf(String user) {
        return user + "'s own";
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @BeforeEach
    final void open() throws SQLException {
        owner(preparation().toArray(new String[0]));
        for (String user : USERS) {
            owner(setPassword(user, passwordOf(user)));
        }
        ds = PooledDataSource.open(config());
    }

    @AfterEach
    final void close() {
        ds.close();
        assertEquals(0, ds.userStats().total());
    }

    JdbcPoolConfig config() {
        return JdbcPoolConfig.of(url())
                .name("people")
                .user(owner())
                .password("")
                .maxSize(2)
                .usersMaxTotal(4)
                .acquireTimeout(Duration.ofSeconds(20));
    }

    private void owner(String... texts) throws SQLException {
        try (Connection bare = DriverManager.getConnection(url(), owner(), "");
                Statement statement = bare.createStatement()) {
            for (String sql : texts) {
                statement.execute(sql);
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertTrue(result.next());
            return String.valueOf(result.getString(1));
        }
    }

    private static String whoIs(Connection connection) throws SQLException {
        return text(connection, "select lower(current_user)");
    }

    @Test
    void eachUserIsWhoHeSaysHeIs() throws SQLException {
        for (int i = 0; i < 2; i++) {
            for (String user : USERS) {
                try (Connection connection = ds.getConnection(user, passwordOf(user))) {
                    assertEquals(user, whoIs(connection));
                }
            }
        }
        try (Connection connection = ds.getConnection()) {
            assertEquals(owner(), whoIs(connection));
        }
        assertEquals(3, ds.userStats().created());
    }

    @Test
    void userSeesWhatIsHisAndNotWhatIsAnothers() throws SQLException {
        owner("drop table if exists letters", "create table letters (id int primary key)");
        owner("grant select, insert on letters to ann");
        try (Connection anns = ds.getConnection("ann", passwordOf("ann"));
                Statement statement = anns.createStatement()) {
            statement.execute("insert into letters values (1)");
        }
        try (Connection bobs = ds.getConnection("bob", passwordOf("bob"))) {
            assertThrows(SQLException.class, () -> text(bobs, "select id from letters"));
        }
        try (Connection anns = ds.getConnection("ann", passwordOf("ann"))) {
            assertEquals("1", text(anns, "select id from letters"));
        }
        owner("drop table letters");
    }

    @Test
    void wrongPasswordIsRefusedWhileTheRightOneHasAConnection() throws SQLException {
        ds.getConnection("ann", passwordOf("ann")).close();
        for (String wrong : List.of(passwordOf("bob"), passwordOf("ann") + " ")) {
            SQLException refused =
                    assertThrows(SQLInvalidAuthorizationSpecException.class, () -> ds.getConnection("ann", wrong));
            assertTrue(refused.getSQLState().startsWith("28"), refused.getSQLState());
        }
        assertThrows(SQLInvalidAuthorizationSpecException.class, () -> ds.getConnection("nobody", "x"));
        assertEquals(1, ds.userStats().created());
    }

    @Test
    void changedPasswordRetiresWhatTheFormerOneOpened() throws SQLException {
        Connection lent = ds.getConnection("ann", passwordOf("ann"));
        owner(setPassword("ann", "changed"));
        ds.getConnection("ann", "changed").close();
        assertEquals("ann", whoIs(lent)); // in peace, to its end
        lent.close();
        assertThrows(SQLInvalidAuthorizationSpecException.class, () -> ds.getConnection("ann", passwordOf("ann")));
        ds.getConnection("ann", "changed").close();
        assertEquals(2, ds.userStats().created());
    }

    @Test
    void nextBorrowerOfAUserFindsNothingOfTheFormer() throws SQLException {
        try (Connection connection = ds.getConnection("ann", passwordOf("ann"))) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            text(connection, "select 1");
        }
        try (Connection connection = ds.getConnection("ann", passwordOf("ann"))) {
            assertTrue(connection.getAutoCommit());
            assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
        }
        assertEquals(1, ds.userStats().created());
    }

    @Test
    void manyThreadsAreAlwaysWhoTheySayTheyAre() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> {
                for (int n = 0; n < 60; n++) {
                    String user = USERS.get(ThreadLocalRandom.current().nextInt(USERS.size()));
                    boolean lies = ThreadLocalRandom.current().nextInt(10) == 0;
                    if (lies) {
                        assertThrows(SQLInvalidAuthorizationSpecException.class, () -> ds.getConnection(user, "a lie"));
                        continue;
                    }
                    try (Connection connection = ds.getConnection(user, passwordOf(user))) {
                        assertEquals(user, whoIs(connection));
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertTrue(ds.userStats().total() <= 4, ds.userStats().toString());
        assertFalse(ds.userStats().leased() > 0, ds.userStats().toString());
    }
}
