package io.dewpond.testkit;

import io.dewpond.Admission;
import io.dewpond.AdmissionPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sheds when a test says so, and notes what it is asked. */
final class ScriptedAdmission implements AdmissionPolicy, Admission {
    /** What it was asked: about a wait of that length, at that time, of so many waiters. */
    record Question(long waitedNanos, long now, int waiting) {}

    private final List<Question> questions = new ArrayList<>();
    private int opened;
    private int toShed;
    private boolean newestFirst;
    private @Nullable Throwable thrown;

    @Override
    public synchronized Admission open() {
        opened++;
        return this;
    }

    @Override
    public synchronized boolean sheds(long waitedNanos, long now, int waiting) {
        questions.add(new Question(waitedNanos, now, waiting));
        Throwable failure = thrown;
        if (failure != null) {
            thrown = null;
            ScriptedAdmission.<RuntimeException>raise(failure);
        }
        return toShed > 0 && toShed-- > 0;
    }

    /** Throws what no signature allows, as a policy in another language may. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> void raise(Throwable failure) throws X {
        throw (X) failure;
    }

    @Override
    public synchronized boolean newestFirst() {
        return newestFirst;
    }

    /** The next so many it is asked about are shed. */
    synchronized void shedNext(int number) {
        toShed = number;
    }

    synchronized void serveNewestFirst() {
        newestFirst = true;
    }

    /** Throws that, once. */
    synchronized void throwNext(Throwable failure) {
        thrown = failure;
    }

    synchronized List<Question> questions() {
        return List.copyOf(questions);
    }

    synchronized int opened() {
        return opened;
    }

    @Override
    public String toString() {
        return "by script";
    }
}
