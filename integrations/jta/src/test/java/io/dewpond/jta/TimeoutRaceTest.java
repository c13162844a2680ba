package io.dewpond.jta;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever works while another thread rolls his transaction back: nothing of it stays, and no connection is lost. */
@Tag("J50")
class TimeoutRaceTest {
    private static final int WORKERS = 3;
    private static final int ROUNDS = 40;

    private final TransactionManager manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
    private final PooledDataSource pool = PooledDataSource.open(
            JdbcPoolConfig.ofXa(Postgres.source(Postgres.url("postgres"))).maxSize(WORKERS));
    private final JtaDataSource ds = JtaDataSource.of(pool, manager);
    private final ExecutorService workers = Executors.newFixedThreadPool(2 * WORKERS);

    @BeforeEach
    void createTable() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists worked");
            statement.execute("create table worked (id int)");
        }
    }

    @AfterEach
    void close() {
        workers.shutdown();
        pool.close();
        assertEquals(0, pool.pool().stats().total());
    }

    @Test
    void nothingOfATransactionThatIsRolledBackMeanwhileStays() throws Exception {
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            all.add(workers.submit(() -> {
                int worked = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    worked += workUntilRolledBack(round % 4);
                }
                return worked;
            }));
        }
        int worked = 0;
        for (Future<Integer> one : all) {
            worked += one.get();
        }
        assertTrue(worked > 0);
        assertNothingStays();
    }

    /** Works until the transaction is over; another thread rolls it back after a few statements, or at once. */
    private int workUntilRolledBack(int statements) throws Exception {
        manager.begin();
        Transaction transaction = manager.getTransaction();
        AtomicInteger worked = new AtomicInteger();
        AtomicBoolean ends = new AtomicBoolean();
        Future<?> reaper = workers.submit(() -> {
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> worked.get() >= statements);
            ends.set(true);
            transaction.rollback();
            return null;
        });
        SQLException over = work(worked);
        assertTrue(ends.get(), () -> "failed before anybody else had a hand in it: " + over);
        reaper.get();
        manager.suspend();
        return worked.get();
    }

    /** Every reaper knows the deadline only in seconds, so there are few rounds. */
    @Test
    void nothingOfATransactionThatTimesOutStays() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            all.add(workers.submit(() -> {
                manager.setTransactionTimeout(1);
                manager.begin();
                manager.setTransactionTimeout(0);
                work(new AtomicInteger());
                manager.rollback();
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> pool.pool().stats().leased() == 0);
        assertNothingStays();
    }

    private SQLException work(AtomicInteger worked) {
        try {
            while (true) {
                try (Connection connection = ds.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("insert into worked values (1)");
                    worked.incrementAndGet();
                }
            }
        } catch (SQLException over) {
            return over;
        }
    }

    private void assertNothingStays() throws SQLException {
        assertEquals(0, pool.pool().stats().leased());
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from worked")) {
            assertTrue(connection.getAutoCommit());
            assertTrue(result.next());
            assertEquals(0, result.getInt(1));
        }
    }
}
