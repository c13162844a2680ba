package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.examples.Moving.Session;
import io.dewpond.jdbc.PooledDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovingTest {
    @Test
    void sessionIsResetForTheNextBorrower() throws Exception {
        try (Pool<Session> pool = Moving.likeCommonsPool()) {
            assertEquals("hello", Moving.send(pool, "hello"));
            assertEquals(0, (int) pool.use(Session::sent));
        }
    }

    @Test
    void sessionThatFailsIsNotLentAgain() throws Exception {
        try (Pool<Session> pool = Moving.likeStormpot()) {
            Session broken;
            try (Lease<Session> lease = pool.acquire()) {
                broken = lease.get();
                broken.close();
            }
            // It is some idle one of twenty by now; whatever comes before it is held meanwhile.
            List<Lease<Session>> others = new ArrayList<>();
            Lease<Session> next = pool.acquire();
            while (next.get() != broken) {
                others.add(next);
                next = pool.acquire();
            }
            next.close(); // and what a thread has had last, it gets first
            assertThrows(IOException.class, () -> Moving.send(pool, "hello"));
            others.forEach(Lease::close);
            for (int i = 0; i < 40; i++) {
                assertEquals(Optional.of("hello"), Moving.sendSoon(pool, "hello"));
            }
        }
    }

    @Test
    void poolOfConnectionsIsFullWhenItIsOpen() throws Exception {
        try (PooledDataSource ds = Moving.likeHikari("secret");
                Connection connection = ds.getConnection()) {
            assertTrue(connection.isValid(5));
            assertTrue(ds.pool().stats().total() >= 10, ds.pool().stats().toString());
        }
    }
}
