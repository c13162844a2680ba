package io.dewpond.benchmarks.contestant;

import java.util.List;

/**
 * A contestant that can be opened.
 *
 * @param name unique among all
 * @param jdbc whether it lends connections
 * @param quick whether it also runs in the quick version
 * @param artifacts the jars that a user must have, its own first
 * @param validation what it does, by default, to find out whether an object is fit to be lent
 */
public record Entry(
        String name, boolean jdbc, boolean quick, List<String> artifacts, String validation, Opener opener) {
    /** Opens a pool. */
    @FunctionalInterface
    public interface Opener {
        Contestant<?> open(Settings settings) throws Exception;
    }

    /** Whether this shows what is possible, and is no pool. */
    public boolean isControl() {
        return name.startsWith("limit");
    }

    public boolean isOurs() {
        return name.startsWith("dewpond");
    }
}
