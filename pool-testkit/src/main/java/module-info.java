/** What proves a pool, a factory or a policy. */
module io.dewpond.testkit {
    requires transitive io.dewpond;
    requires transitive org.junit.jupiter.api;
    requires transitive net.jqwik.api;
    requires static org.jspecify;
}
