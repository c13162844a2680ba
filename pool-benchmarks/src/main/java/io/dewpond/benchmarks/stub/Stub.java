package io.dewpond.benchmarks.stub;

/** What the generic pools lend. */
public class Stub extends Padding {
    private final long id;

    public Stub() {
        id = Ledger.opened();
    }

    public final long id() {
        return id;
    }

    public final void destroy() {
        Ledger.closed();
    }
}
