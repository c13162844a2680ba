package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FirstStepsTest {
    @Test
    void firstLinesOfTheReadmeWork() throws Exception {
        assertEquals("text", FirstSteps.parse(" text "));
        assertEquals(42, FirstSteps.answer());
    }
}
