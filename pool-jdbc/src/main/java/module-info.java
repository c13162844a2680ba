/** Pooled database connections: the engine behind a {@link javax.sql.DataSource}. */
module io.dewpond.jdbc {
    requires transitive io.dewpond;
    requires transitive java.sql;
    requires io.dewpond.impl;
    requires org.slf4j;
    requires static java.naming;
    requires static org.jspecify;

    exports io.dewpond.jdbc;

    uses java.sql.Driver;
}
