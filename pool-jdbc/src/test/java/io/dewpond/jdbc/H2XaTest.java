package io.dewpond.jdbc;

import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;

/** The contract on H2, by its XADataSource: out of a transaction, such a connection is one as any other. */
@Tag("J50")
class H2XaTest extends H2Test {
    @Override
    JdbcPoolConfig config() {
        JdbcDataSource driver = new JdbcDataSource();
        driver.setURL(url().replace(";USER=sa", "")); // H2 takes a user once
        driver.setUser("sa");
        return JdbcPoolConfig.ofXa(driver).name("real").acquireTimeout(Duration.ofSeconds(20));
    }
}
