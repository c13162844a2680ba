package io.dewpond.jta;

import com.arjuna.ats.arjuna.common.recoveryPropertyManager;
import com.arjuna.ats.arjuna.recovery.RecoveryManager;
import com.arjuna.ats.internal.arjuna.recovery.AtomicActionRecoveryModule;
import com.arjuna.ats.internal.jta.recovery.arjunacore.XARecoveryModule;
import com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper;
import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.transaction.xa.XAResource;

/**
 * A program that moves something from one database to another in one transaction, and that dies when all is prepared and
 * nothing committed; run again, it recovers. Its arguments: {@code crash} or {@code recover}, and the URLs.
 */
final class TwoDatabases {
    private TwoDatabases() {}

    public static void main(String[] args) throws Exception {
        Faults first = new Faults(Postgres.source(args[1]));
        Faults second = new Faults(Postgres.source(args[2]));
        TransactionManager manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
        try (PooledDataSource from = PooledDataSource.open(JdbcPoolConfig.ofXa(first.source()));
                PooledDataSource to = PooledDataSource.open(JdbcPoolConfig.ofXa(second.source()))) {
            JtaDataSource source = JtaDataSource.of(from, manager);
            JtaDataSource target = JtaDataSource.of(to, manager);
            if (args[0].equals("crash")) {
                for (Faults each : List.of(first, second)) {
                    each.once("commit", () -> Runtime.getRuntime().halt(9));
                }
                move(manager, source, target);
            } else {
                recover(source, target);
            }
        }
    }

    private static void move(TransactionManager manager, JtaDataSource source, JtaDataSource target) throws Exception {
        manager.begin();
        update(source, "delete from item");
        update(target, "insert into item values (1)");
        manager.commit();
    }

    private static void recover(JtaDataSource... sources) {
        var bean = recoveryPropertyManager.getRecoveryEnvironmentBean();
        bean.setRecoveryModuleClassNames(
                List.of(AtomicActionRecoveryModule.class.getName(), XARecoveryModule.class.getName()));
        bean.setRecoveryBackoffPeriod(1);
        RecoveryManager recovery = RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT);
        recovery.initialize();
        // snippet:recovery
        XARecoveryModule module = XARecoveryModule.getRegisteredXARecoveryModule();
        for (JtaDataSource each : sources) {
            module.addXAResourceRecoveryHelper(new XAResourceRecoveryHelper() {
                @Override
                public boolean initialise(String unused) {
                    return true;
                }

                @Override
                public XAResource[] getXAResources() {
                    return new XAResource[] {each.recovery()};
                }
            });
        }
        // end:recovery
        recovery.scan();
        recovery.terminate();
    }

    private static void update(JtaDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
