package io.dewpond.examples;

import static io.dewpond.EvictionPolicy.idleLongerThan;

import io.dewpond.KeyedFactory;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.Lease;
import io.dewpond.impl.Pools;
import java.time.Duration;

/** A pool of clients, some for each of many hosts. */
final class ManyHosts {
    private ManyHosts() {}

    /** Something that is expensive to open, and talks to one host. */
    static final class Client {
        private final String host;
        private boolean open = true;

        private Client(String host) {
            this.host = host;
        }

        static Client connect(String host) {
            return new Client(host);
        }

        String fetch(String path) {
            return host + path;
        }

        boolean isAlive() {
            return open;
        }

        void close() {
            open = false;
        }
    }

    static String fetch(String host, String path) throws InterruptedException {
        // snippet:keyed
        KeyedPoolConfig<String, Client> config = KeyedPoolConfig.of(KeyedFactory.of(Client::connect, Client::close))
                .name("clients")
                .maxTotal(50)
                .perKey(key -> key.maxSize(8)
                        .acquireTimeout(Duration.ofSeconds(2))
                        .validator(Client::isAlive)
                        .evictionPolicy(idleLongerThan(Duration.ofMinutes(1))));
        try (KeyedPool<String, Client> pool = Pools.openKeyed(config)) {
            try (Lease<Client> lease = pool.acquire(host)) {
                return lease.get().fetch(path);
            }
        }
        // end:keyed
    }
}
