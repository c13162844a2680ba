package io.dewpond.benchmarks.contestant;

import io.dewpond.benchmarks.stub.StubDriver;
import java.time.Duration;

/**
 * What every contestant is told: minimum, maximum and initial size are one number, and a wait has a bound.
 *
 * @param url where a JDBC pool connects; the others don't ask
 */
public record Settings(String url, int size, Duration timeout) {
    /** Whether the ledger has every object that is opened. */
    public boolean isStub() {
        return url.equals(StubDriver.URL);
    }

    public static Settings stub(int size, Duration timeout) {
        return new Settings(StubDriver.URL, size, timeout);
    }
}
