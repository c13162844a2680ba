/** What proves a pool, a factory or a policy. */
module io.dewpond.testkit {
    requires transitive io.dewpond;
    requires transitive net.jqwik.api;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.dewpond.testkit;

    // The engines that run the tests look into the contracts.
    opens io.dewpond.testkit;
}
