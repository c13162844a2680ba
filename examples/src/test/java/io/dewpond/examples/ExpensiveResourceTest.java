package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpensiveResourceTest {
    @Test
    void poolOutlivesAWorkerThatDies() throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ExpensiveResource.run(Duration.ofMillis(200), new PrintStream(said, true, StandardCharsets.UTF_8));
        String output = said.toString(StandardCharsets.UTF_8);
        assertTrue(output.contains("sixty-one is prime? the worker has died"), output);
        assertTrue(output.contains("61 is prime: true"), output);
        assertTrue(output.matches("(?s).* ([2-9]) created, \\1 destroyed\\.\\s*"), output);
    }
}
