package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BeaconTest {
    @Test
    void wordTellsTheEpochAndTheFlags() {
        long word = Beacon.word(77, Beacon.QUEUE | Beacon.ROOM);
        assertEquals(77, Beacon.epoch(word));
        assertTrue(Beacon.has(word, Beacon.ROOM));
        assertTrue(Beacon.has(word, Beacon.CLOSED | Beacon.QUEUE), "one of them suffices");
        assertFalse(Beacon.has(word, Beacon.CLOSED | Beacon.STARVING | Beacon.SURPLUS));
    }
}
