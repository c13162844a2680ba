/** The contract of a pool: {@link io.dewpond.Pool}, its leases, policies, exceptions and statistics. */
module io.dewpond {
    requires static org.jspecify;

    exports io.dewpond;
}
