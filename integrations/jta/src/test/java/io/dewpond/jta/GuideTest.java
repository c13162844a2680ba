package io.dewpond.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The code of the guide's page on transactions, compiled and run. */
@Tag("J50")
class GuideTest {
    @Test
    void moneyMovesFromOneDatabaseToAnother() throws Exception {
        TransactionManager manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
        TransactionSynchronizationRegistry registry = new TransactionSynchronizationRegistryImple();
        XADataSource here = database();
        XADataSource there = database();
        // snippet:open
        PooledDataSource giro = PooledDataSource.open(JdbcPoolConfig.ofXa(here).name("giro"));
        PooledDataSource savings =
                PooledDataSource.open(JdbcPoolConfig.ofXa(there).name("savings"));
        DataSource from = JtaDataSource.of(giro, manager, registry);
        DataSource to = JtaDataSource.of(savings, manager, registry);
        // end:open
        try (giro;
                savings) {
            execute(from, "create table account as select 100 as balance");
            execute(to, "create table account as select 0 as balance");
            // snippet:move
            manager.begin();
            try {
                execute(from, "update account set balance = balance - 30");
                execute(to, "update account set balance = balance + 30");
                manager.commit();
            } catch (SQLException failed) {
                manager.rollback();
                throw failed;
            }
            // end:move
            assertEquals(70, balance(from));
            assertEquals(30, balance(to));
        }
    }

    private static JdbcDataSource database() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return h2;
    }

    private static int balance(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select balance from account")) {
            assertTrue(result.next());
            return result.getInt(1);
        }
    }

    // snippet:execute
    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } // neither returned nor committed, in a transaction
    }
    // end:execute
}
