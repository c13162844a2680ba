package io.dewpond.benchmarks.conformance.script;

/** Throws what no signature allows, as drivers do. */
final class Sneaky {
    private Sneaky() {}

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException raise(Throwable failure) throws X {
        throw (X) failure;
    }
}
