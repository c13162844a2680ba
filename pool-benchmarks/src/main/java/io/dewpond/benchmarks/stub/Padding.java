package io.dewpond.benchmarks.stub;

/**
 * Two cache lines before the fields of a subclass. A superclass's fields come first, so what one thread writes to its
 * object never shares a line with the object before it; without this, two threads scatter by half.
 */
@SuppressWarnings("unused")
public abstract class Padding {
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    protected Padding() {}
}
