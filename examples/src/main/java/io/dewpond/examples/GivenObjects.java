package io.dewpond.examples;

import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Pools of objects that somebody else makes, and unmakes. */
final class GivenObjects {
    private GivenObjects() {}

    record Licence(String key, boolean isHonoured) {}

    static String work(Licence a, Licence b, Licence c) throws InterruptedException {
        // snippet:given
        try (Pool<Licence> pool = Pools.of(
                List.of(a, b, c),
                settings -> settings.name("licences")
                        .acquireTimeout(Duration.ofSeconds(30))
                        .validator(Licence::isHonoured))) {
            return pool.use(licence -> "done with " + licence.key());
        }
        // end:given
    }

    static Pool<Licence> comingBack(Collection<Licence> licences) {
        // snippet:back
        Queue<Licence> free = new ConcurrentLinkedQueue<>(licences);
        return Pools.open(
                PoolConfig.of(ObjectFactory.of(free::remove, free::add)).maxSize(licences.size()));
        // end:back
    }
}
