/** Pooled connections in transactions of a Jakarta transaction manager. */
module io.dewpond.jta {
    requires transitive io.dewpond.jdbc;
    requires transitive jakarta.transaction;
    requires static org.jspecify;

    exports io.dewpond.jta;
}
