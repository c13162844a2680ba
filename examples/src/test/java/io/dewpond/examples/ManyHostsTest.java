package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ManyHostsTest {
    @Test
    void clientOfTheHostIsLent() throws InterruptedException {
        assertEquals("example.org/index", ManyHosts.fetch("example.org", "/index"));
    }
}
