package io.dewpond;

import java.util.Objects;

/**
 * How long things took in a pool, since it was opened: see {@link Pool#timings()}. Each of the three is a snapshot by
 * itself; a busy pool goes on while they are taken.
 *
 * @param waits how long borrowers waited who were served: from the call until they had the lease, or until the future was
 *     completed with it. Who was lent an idle object at once counts with zero; who got nothing doesn't count
 * @param holds how long objects were lent: from the moment in which one was given to its borrower until the lease was
 *     closed, invalidated or detached. What the pool ended by itself, because it was lost or at the end of a drain, doesn't
 *     count
 * @param creations how long the factory took to make an object, those that came too late included; what failed doesn't
 *     count
 */
public record PoolTimings(TimeDistribution waits, TimeDistribution holds, TimeDistribution creations) {
    /**
     * Makes a snapshot; for implementers of {@link Pool}.
     *
     * @param waits how long borrowers waited
     * @param holds how long objects were lent
     * @param creations how long creations took
     * @throws NullPointerException if an argument is null
     */
    public PoolTimings {
        Objects.requireNonNull(waits, "waits");
        Objects.requireNonNull(holds, "holds");
        Objects.requireNonNull(creations, "creations");
    }
}
