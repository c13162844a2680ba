package io.dewpond.jdbc;

import io.dewpond.jdbc.ErrorClassifier.Verdict;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges for one pool what its driver throws: looks through a failure, asks the classifiers about each exception in it, and
 * has the idle connections suspected where one failure may have ended all.
 */
final class Judge {
    /** Exceptions looked at in one failure. A batch may chain thousands; a connection that is lost says so early. */
    static final int MOST = 1_000;

    /** Knows the standard errors, and those of SQLState that only one vendor has; suspects nobody. */
    static final Judge STANDARD = new Judge(null, false);

    private final @Nullable ErrorClassifier own;
    private final boolean needsWriter;

    /** Whose codes they are. Written at the opening, and by each who connects, mostly the same. */
    private volatile @Nullable VendorErrors vendor;
    /** Written once, when the pool is open; until then there is nobody to suspect. */
    private volatile @Nullable Runnable suspectIdle;

    /**
     * @param own the user's classifier, if there is one
     * @param needsWriter whether a connection is of no use when its server doesn't let it write
     */
    Judge(@Nullable ErrorClassifier own, boolean needsWriter) {
        this.own = own;
        this.needsWriter = needsWriter;
    }

    /** Learns what may tell the vendor: a URL, or the name of a class, of which a connection's tells best and last. */
    void learn(String driver) {
        VendorErrors named = VendorErrors.named(driver);
        if (named != null) {
            vendor = named;
        }
    }

    /** Learns how the idle connections are suspected. */
    void presideOver(Runnable suspectIdle) {
        this.suspectIdle = suspectIdle;
    }

    /** Tells whether the failure ends its connection, and suspects the idle ones where it may have ended those too. */
    boolean ends(Throwable failure) {
        return judgeAndSuspect(failure).compareTo(Verdict.KEEP) > 0;
    }

    /** The same, of a failure that ends its connection unless somebody decides that it is to be kept. */
    boolean endsUnlessKept(SQLException failure) {
        return judgeAndSuspect(failure) != Verdict.KEEP;
    }

    private Verdict judgeAndSuspect(Throwable failure) {
        Verdict verdict = judge(failure);
        Runnable suspecting = suspectIdle;
        if (verdict == Verdict.EVICT_ALL && suspecting != null) {
            suspecting.run();
        }
        return verdict;
    }

    /**
     * The severest verdict on anything in the failure. What is no {@code SQLException} is what no driver should throw, and
     * leaves a connection in a state that nobody knows.
     */
    Verdict judge(Throwable failure) {
        if (!(failure instanceof SQLException)) {
            return Verdict.EVICT;
        }
        Verdict severest = Verdict.UNDECIDED;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> left = new ArrayDeque<>();
        for (@Nullable Throwable next = failure;
                next != null && seen.size() < MOST && severest != Verdict.EVICT_ALL;
                next = left.poll()) {
            if (!seen.add(next)) {
                continue; // some drivers chain in circles
            }
            Verdict verdict = next instanceof SQLException said ? classify(said) : Verdict.UNDECIDED;
            severest = verdict.compareTo(severest) > 0 ? verdict : severest;
            if (next instanceof SQLException said) {
                add(left, said.getNextException());
            }
            if (verdict != Verdict.KEEP) {
                add(left, next.getCause());
                for (Throwable suppressed : next.getSuppressed()) {
                    add(left, suppressed);
                }
            }
        }
        return severest;
    }

    private static void add(Deque<Throwable> left, @Nullable Throwable next) {
        if (next != null) {
            left.add(next);
        }
    }

    private Verdict classify(SQLException failure) {
        Verdict verdict = own == null ? Verdict.UNDECIDED : ask(own, failure);
        VendorErrors known = vendor;
        if (verdict == Verdict.UNDECIDED && needsWriter && VendorErrors.isReadOnly(known, failure)) {
            return Verdict.EVICT;
        }
        if (verdict == Verdict.UNDECIDED) {
            // PostgreSQL's states are nobody else's, and many a driver speaks to something like it by another name.
            verdict = (known == null ? VendorErrors.POSTGRESQL : known).classify(failure);
        }
        return verdict == Verdict.UNDECIDED ? StandardErrors.INSTANCE.classify(failure) : verdict;
    }

    private static Verdict ask(ErrorClassifier classifier, SQLException failure) {
        try {
            Verdict verdict = classifier.classify(failure);
            if (verdict != null) {
                return verdict;
            }
            Log.JDBC.warn("The error classifier returned null, so the connection goes");
        } catch (Throwable thrown) {
            Log.JDBC.warn("The error classifier failed, so the connection goes: {}", thrown.toString());
            Log.JDBC.debug("The error classifier failed", thrown);
        }
        return Verdict.EVICT;
    }

    /** Tells whether a failed connect was refused for its user or password. */
    boolean refusesCredentials(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable next = failure; next != null && seen.add(next); next = next.getCause()) {
            if (next instanceof SQLException said && VendorErrors.refusesCredentials(vendor, said)) {
                return true;
            }
        }
        return false;
    }
}
