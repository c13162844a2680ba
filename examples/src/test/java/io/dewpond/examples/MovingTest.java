package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.examples.Moving.Session;
import java.io.IOException;
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
            assertThrows(IOException.class, () -> {
                while (true) {
                    Moving.send(pool, "hello"); // until it is the broken one's turn
                }
            });
            for (int i = 0; i < 40; i++) {
                assertEquals(Optional.of("hello"), Moving.sendSoon(pool, "hello"));
            }
        }
    }
}
