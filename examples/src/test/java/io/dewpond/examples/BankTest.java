package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BankTest {
    @Test
    void moneyMovesAndNoneIsLost() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (BankDatabase database = BankDatabase.open("h2", "", "")) {
            PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
            new Bank(database, 4, 2, out).run(Duration.ofMillis(600));
        }
        String output = said.toString(StandardCharsets.UTF_8);
        assertTrue(output.contains("Sum of all accounts: 10,000,000 before, 10,000,000 after."), output);
        assertTrue(output.contains("times as many"), output);
        assertTrue(output.contains("2 of 2 places taken (2 leased"), output);
        assertTrue(output.contains("held longest by teller-1"), output);
    }

    @Test
    void unknownDatabaseIsRefused() {
        Throwable refusal = assertThrows(
                IllegalArgumentException.class,
                () -> BankDatabase.open("oracle", "", "").close());
        assertTrue(refusal.getMessage().contains("bank.db is 'oracle', but must be h2, postgres or a URL"));
    }
}
