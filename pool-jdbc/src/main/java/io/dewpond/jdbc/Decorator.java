package io.dewpond.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/**
 * Stands between the handles and an object of the driver's, in a pool that asks for it: the hand-written half of the
 * generated decorators, which forward everything.
 *
 * <p>It has the driver's place, and so knows nothing of borrowers: who may call, and until when, the handles have asked
 * before. A pool that caches no statements, times none and keeps its sessions has no decorators.
 *
 * @param <D> the driver's type
 */
abstract class Decorator<D extends Wrapper> {
    final D driver;

    Decorator(D driver) {
        this.driver = driver;
    }

    /** Learns of what the driver threw. Throws nothing. */
    void failed(Throwable failure) {}

    /** Finds the driver's object. */
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(driver) ? type.cast(driver) : driver.unwrap(type);
    }

    /** Tells what {@link #unwrap} would find. */
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(driver) || driver.isWrapperFor(type);
    }

    /** Returns what is under all decorators. */
    final Object bare() {
        return bare(driver);
    }

    /** Returns what is under all decorators of something, or that itself if it has none. */
    static Object bare(Object decorated) {
        return decorated instanceof Decorator<?> decorator ? decorator.bare() : decorated;
    }

    /** Is the driver's text. */
    @Override
    public final String toString() {
        return driver.toString();
    }
}
