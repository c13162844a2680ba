package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BankTest {
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void sumIsUnchangedAndTheTimeoutNamesTheTellers(String choice) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (BankDatabase database = BankDatabase.open(choice, "", "")) {
            new Bank(database, 4, 2, new PrintStream(said, true, StandardCharsets.UTF_8)).run(Duration.ofMillis(500));
        }
        String output = said.toString(StandardCharsets.UTF_8);
        assertTrue(output.contains("Sum of all accounts: 10,000,000 before, 10,000,000 after."), output);
        assertFalse(output.contains("failed last"), output);
        assertTrue(output.contains("2 of 2 places taken (2 leased"), output);
        assertTrue(output.contains("held longest by teller-1 for"), output);
        assertTrue(output.contains("teller-2 for"), output);
    }

    @Test
    void transferMovesMoney() throws Exception {
        try (BankDatabase database = BankDatabase.open("jdbc:h2:mem:accounts", "", "");
                Connection connection = database.connect()) {
            Accounts.create(connection);
            Accounts.transfer(connection, 7, 3, 250);
            Accounts.transfer(connection, 3, 9_999, 1);
            assertEquals(750, Accounts.balance(connection, 7));
            assertEquals(1_249, Accounts.balance(connection, 3));
            assertEquals(1_001, Accounts.balance(connection, 9_999));
        }
    }

    @Test
    void unknownDatabaseIsRefused() {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> BankDatabase.open("oracle", "", ""));
        assertEquals(
                "bank.db is 'oracle', but must be h2, postgres or a URL that begins with jdbc:", refused.getMessage());
    }
}
