package io.dewpond.benchmarks.contestant;

/**
 * A contestant that can be opened.
 *
 * @param name unique among all
 * @param jdbc whether it lends connections
 * @param quick whether it also runs in the quick version
 * @param validation what it does, by default, to find out whether an object is fit to be lent
 */
public record Entry(String name, boolean jdbc, boolean quick, String validation, Opener opener) {
    /** Opens a pool. */
    @FunctionalInterface
    public interface Opener {
        Contestant<?> open(Settings settings) throws Exception;
    }

    /** Whether this is one of ours or a control: what every table needs. */
    public boolean isControl() {
        return name.startsWith("limit");
    }

    public boolean isOurs() {
        return name.startsWith("dewpond");
    }
}
