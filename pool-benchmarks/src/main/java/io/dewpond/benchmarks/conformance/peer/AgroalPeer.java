package io.dewpond.benchmarks.conformance.peer;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ExceptionSorter;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.dewpond.benchmarks.conformance.script.ScriptedDriver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Agroal. */
final class AgroalPeer implements Peer {
    @Override
    public String name() {
        return "agroal";
    }

    @Override
    public String title() {
        return "Agroal";
    }

    @Override
    public String artifact() {
        return "agroal-pool";
    }

    @Override
    public String configuration() {
        return "`validateOnBorrow`, `validationTimeout` 1 s and the default validator with a timeout of 1 s, the default `exceptionSorter`, `loginTimeout` 1 s, `trackJdbcResources`";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(
                Feature.RESET_SQL, Feature.RECLAIM, Feature.STATEMENT_CACHE, Feature.REQUEST_BOUNDARIES, Feature.JMX);
    }

    @Override
    public Map<String, String> remarks() {
        return Map.of(
                "G25.login",
                "by setting `DriverManager`'s login timeout for the whole JVM (J44).",
                "J20.open",
                "it leaves transactions to a `TransactionIntegration` (JTA); without one it rolls back nothing on return.",
                "J35.own",
                "by an `ExceptionSorter`.");
    }

    @Override
    public OpenPool open(Terms terms) throws SQLException {
        Duration soon = Duration.ofSeconds(1);
        AgroalDataSource pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(config -> config.maxSize(terms.size())
                        .acquisitionTimeout(terms.timeout())
                        .validateOnBorrow(true)
                        .validationTimeout(soon)
                        .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(1))
                        .exceptionSorter(sorter(terms))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(terms.url())
                                .connectionProviderClass(ScriptedDriver.class)
                                .autoCommit(terms.autoCommit())
                                .jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED)
                                .trackJdbcResources(true)
                                .loginTimeout(soon)
                                .initialSql(terms.initSql())
                                .principal(new NamePrincipal(terms.user()))
                                .credential(new SimplePassword(terms.password()))))
                .get());
        return new OpenPool(pool, pool);
    }

    private static ExceptionSorter sorter(Terms terms) {
        ExceptionSorter standard = ExceptionSorter.defaultExceptionSorter();
        String state = terms.fatalState();
        return state == null ? standard : failure -> state.equals(failure.getSQLState()) || standard.isFatal(failure);
    }
}
