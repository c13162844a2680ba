package io.dewpond.benchmarks.contestant;

import com.alibaba.druid.pool.DruidDataSource;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.stone.beecp.BeeDataSource;
import org.vibur.dbcp.ViburDBCPDataSource;

/** A pool of connections: acquire is {@code getConnection}, release is {@code close}. A method for each peer. */
final class JdbcContestant<D extends DataSource> implements Contestant<Connection> {
    private final D dataSource;
    private final Closing<D> closing;

    /** What closes a pool. */
    private interface Closing<D> {
        void close(D dataSource) throws Exception;
    }

    private JdbcContestant(D dataSource, Closing<D> closing) {
        this.dataSource = dataSource;
        this.closing = closing;
    }

    @Override
    public Connection acquire() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public void release(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public Object lent(Connection connection) {
        return connection;
    }

    @Override
    public void close() throws Exception {
        closing.close(dataSource);
    }

    static Contestant<?> dewpond(Settings settings) {
        PooledDataSource pool = PooledDataSource.open(JdbcPoolConfig.of(settings.url())
                .maxSize(settings.size())
                .minIdle(settings.size())
                .acquireTimeout(settings.timeout()));
        return new JdbcContestant<>(pool, PooledDataSource::close);
    }

    static Contestant<?> hikari(Settings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setMaximumPoolSize(settings.size());
        config.setMinimumIdle(settings.size());
        config.setConnectionTimeout(settings.timeout().toMillis());
        return new JdbcContestant<>(new HikariDataSource(config), HikariDataSource::close);
    }

    static Contestant<?> agroal(Settings settings) throws SQLException {
        AgroalDataSource pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(config -> config.initialSize(settings.size())
                        .minSize(settings.size())
                        .maxSize(settings.size())
                        .acquisitionTimeout(settings.timeout())
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(settings.url())))
                .get());
        return new JdbcContestant<>(pool, AgroalDataSource::close);
    }

    static Contestant<?> bee(Settings settings) {
        BeeDataSource pool = new BeeDataSource();
        pool.setJdbcUrl(settings.url());
        pool.setInitialSize(settings.size());
        pool.setMaxActive(settings.size());
        pool.setMaxWait(settings.timeout().toMillis());
        return new JdbcContestant<>(pool, BeeDataSource::close);
    }

    static Contestant<?> vibur(Settings settings) {
        ViburDBCPDataSource pool = new ViburDBCPDataSource();
        pool.setJdbcUrl(settings.url());
        pool.setUsername("");
        pool.setPassword("");
        pool.setPoolInitialSize(settings.size());
        pool.setPoolMaxSize(settings.size());
        pool.setConnectionTimeoutInMs(settings.timeout().toMillis());
        pool.start();
        return new JdbcContestant<>(pool, ViburDBCPDataSource::close);
    }

    static Contestant<?> tomcat(Settings settings) {
        PoolProperties properties = new PoolProperties();
        properties.setUrl(settings.url());
        properties.setInitialSize(settings.size());
        properties.setMinIdle(settings.size());
        properties.setMaxIdle(settings.size());
        properties.setMaxActive(settings.size());
        properties.setMaxWait((int) settings.timeout().toMillis());
        return new JdbcContestant<>(
                new org.apache.tomcat.jdbc.pool.DataSource(properties), org.apache.tomcat.jdbc.pool.DataSource::close);
    }

    static Contestant<?> dbcp(Settings settings) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(settings.url());
        pool.setInitialSize(settings.size());
        pool.setMinIdle(settings.size());
        pool.setMaxIdle(settings.size());
        pool.setMaxTotal(settings.size());
        pool.setMaxWait(settings.timeout());
        return new JdbcContestant<>(pool, BasicDataSource::close);
    }

    static Contestant<?> c3p0(Settings settings) {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setJdbcUrl(settings.url());
        pool.setInitialPoolSize(settings.size());
        pool.setMinPoolSize(settings.size());
        pool.setMaxPoolSize(settings.size());
        pool.setCheckoutTimeout((int) settings.timeout().toMillis());
        return new JdbcContestant<>(pool, ComboPooledDataSource::close);
    }

    static Contestant<?> druid(Settings settings) throws SQLException {
        DruidDataSource pool = new DruidDataSource();
        pool.setUrl(settings.url());
        pool.setDriver(DriverManager.getDriver(settings.url()));
        pool.setInitialSize(settings.size());
        pool.setMinIdle(settings.size());
        pool.setMaxActive(settings.size());
        pool.setMaxWait(settings.timeout().toMillis());
        return new JdbcContestant<>(pool, DruidDataSource::close);
    }
}
