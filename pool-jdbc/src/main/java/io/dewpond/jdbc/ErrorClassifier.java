package io.dewpond.jdbc;

import java.sql.SQLException;
import java.util.Objects;

/**
 * Judges whether a connection is fit to be lent again after what its driver threw.
 *
 * <p>A pool asks about each {@code SQLException} it finds in a failure, one by one: the failure itself, its next exceptions,
 * its causes and what was suppressed. The severest answer counts; see {@link Verdict}. It first asks the classifier that it
 * was {@linkplain JdbcPoolConfig#errorClassifier(ErrorClassifier) given}, and, where that is undecided, those it knows: the
 * {@linkplain VendorErrors vendor's} and the {@linkplain #standard() standard} one. If nobody decides, the connection is kept.
 *
 * <p>Called by the thread that met the failure, while the failure is on its way to it; must be quick, must not block, and may
 * be called by several threads at once. What it throws, and null, are logged and count as {@link Verdict#EVICT}.
 */
@FunctionalInterface
public interface ErrorClassifier {
    /** What is to become of a connection; the severest comes last. */
    enum Verdict {
        /** Not for this classifier to say: the next one judges. */
        UNDECIDED,
        /**
         * Lend it again. Settles it for the causes of this exception too, which are not looked at any more, as when a driver
         * tells that it has recovered from them; but not for its next exceptions.
         */
        KEEP,
        /** Close it when its borrower does. */
        EVICT,
        /**
         * Close it, and lend none that is idle now before it was validated: whatever ended this one may have ended all.
         */
        EVICT_ALL
    }

    /**
     * Judges one exception, without its causes and next exceptions.
     *
     * @param failure what the driver threw, or something behind that
     * @return the verdict, not null
     */
    Verdict classify(SQLException failure);

    /**
     * Asks another where this one is undecided.
     *
     * @param next asked second
     * @return both in one
     * @throws NullPointerException if {@code next} is null
     */
    default ErrorClassifier then(ErrorClassifier next) {
        Objects.requireNonNull(next, "next");
        return failure -> {
            Verdict verdict = classify(failure);
            return verdict == Verdict.UNDECIDED ? next.classify(failure) : verdict;
        };
    }

    /**
     * Asks both; the severer verdict counts.
     *
     * @param other asked too
     * @return both in one
     * @throws NullPointerException if {@code other} is null
     */
    default ErrorClassifier or(ErrorClassifier other) {
        Objects.requireNonNull(other, "other");
        return failure -> {
            Verdict one = classify(failure);
            Verdict two = other.classify(failure);
            return one.compareTo(two) >= 0 ? one : two;
        };
    }

    /**
     * Knows what all drivers have in common: the class 08 of SQLStates (ISO/IEC 9075-2, "connection exception") and the
     * exceptions that JDBC has for a lost connection.
     *
     * <ul>
     *   <li>08S02 and 08007 keep: so a driver reports that it has failed over by itself, and that the connection is a new one.
     *   <li>08003 (doesn't exist), 08004 (rejected) and 08P01 (violated protocol) evict: they tell of this connection alone.
     *   <li>All else of class 08 evicts all.
     *   <li>{@link java.sql.SQLNonTransientConnectionException} and {@link java.sql.SQLRecoverableException} evict.
     * </ul>
     *
     * @return the classifier
     */
    static ErrorClassifier standard() {
        return StandardErrors.INSTANCE;
    }
}
