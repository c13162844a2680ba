package io.dewpond;

import java.time.Duration;

/**
 * Says which borrowers a pool sheds when more come than it can serve: a value that may be shared by pools, and from which
 * each pool makes an {@link Admission} of its own. How many may wait at all is another setting, {@link
 * PoolConfig#maxWaiters()}.
 *
 * <p>What it says of itself by {@code toString} stands in the message of an {@link AcquireRejectedException}.
 *
 * <p><b>Thread-safety:</b> {@link #open()} may be called from any thread.
 */
@FunctionalInterface
public interface AdmissionPolicy {
    /**
     * Makes what decides for one pool; called once, when that is opened. What it throws, the opening of the pool throws.
     *
     * @return a new one that no other pool uses, not null
     */
    Admission open();

    /**
     * Sheds nobody: everybody waits in order of arrival, until served or out of time.
     *
     * @return the policy, always the same
     */
    static AdmissionPolicy none() {
        return Codel.NONE;
    }

    /**
     * Sheds by the time spent in the queue, as CoDel does: a queue that absorbs a burst is left alone, one that stands is
     * not. When for a whole interval the oldest waiter had waited for the target or longer each time an object came, and
     * there were others behind it, the pool is overloaded. From then on each object that comes sheds all who have waited
     * for the target, save the last, and goes to the <i>newest</i> that is left, who has waited least and whose caller is
     * most likely still there. That ends when for an interval nobody had to be shed.
     *
     * <p>How it differs from CoDel (Nichols and Jacobson 2012, <a
     * href="https://www.rfc-editor.org/rfc/rfc8289">RFC 8289</a>): when the dropping begins is CoDel's rule to the letter.
     * But CoDel drops one packet at a time, at intervals that shrink with the square root of their count, and waits for its
     * senders to slow down. Borrowers don't: an acquire that fails slows nobody else. So here everybody who has waited for
     * the target goes at once, and since that alone would end the overload at each look, its end is told by an interval
     * without a need to shed and not by one wait below the target.
     *
     * @param target how long a borrower may wait in a queue that stands; a few times the span between two releases, which
     *     is the time of a lease divided by {@code maxSize}, or much is shed that could have been served
     * @param interval how long a burst may last; long enough for a burst that is no overload, some ten times the target
     * @return the policy
     * @throws IllegalArgumentException if an argument isn't more than zero, is longer than {@link PoolConfig#LONGEST}, or
     *     {@code interval} is shorter than {@code target}
     * @throws NullPointerException if an argument is null
     */
    static AdmissionPolicy codel(Duration target, Duration interval) {
        return Codel.of(target, interval);
    }
}
