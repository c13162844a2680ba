package io.dewpond;

import java.util.Map;

/**
 * A pool's numbers, all read at one moment.
 *
 * <p>At any moment {@code total = idle + leased + creating + inMaintenance}, and
 * {@code created = destroyed + detached} plus the objects that are idle, leased or in maintenance. The numbers in {@code
 * destructions} add up to {@code destroyed}, those in {@code evictions} to those destroyed as {@link DestroyReason#EVICTED}.
 *
 * @param maxSize the most objects that may be alive at once
 * @param minIdle how many the pool keeps ready
 * @param idle how many objects wait to be lent
 * @param leased how many are lent
 * @param creating how many creations are in flight
 * @param inMaintenance how many objects are being validated, reset, judged by a policy or destroyed
 * @param waiting how many borrowers wait
 * @param abandoned how many callbacks were given up at their timeouts and still hang
 * @param acquired how many leases were given
 * @param timedOut how many acquires ended at their deadlines
 * @param rejected how many acquires were refused because too many waited
 * @param created how many objects the factory made
 * @param creationFailures how many creations failed, those given up at their timeouts included
 * @param destroyed how many objects were destroyed, those whose destruction failed included
 * @param detached how many objects were taken out for good
 * @param callbackFailures how many calls of a callback other than a creation threw or were given up
 * @param lost how many leases were garbage collected before anybody had ended them
 * @param reclaimed how many leases were ended by the pool because they were out {@linkplain PoolConfig#reclaimAfter() for
 *     too long}
 * @param suspended whether the pool lends nothing because it is {@linkplain PoolControl#suspend() suspended}
 * @param destructions how many objects were destroyed for each reason for which any was; unmodifiable
 * @param evictions how many objects were evicted for each {@linkplain EvictionPolicy#reason reason}; unmodifiable. The
 *     first {@value #MOST_REASONS} different reasons are kept apart, all others count as {@value #OTHER_REASONS}: so a
 *     policy that makes up a new reason each time doesn't make the pool grow
 */
public record PoolStats(
        int maxSize,
        int minIdle,
        int idle,
        int leased,
        int creating,
        int inMaintenance,
        int waiting,
        int abandoned,
        long acquired,
        long timedOut,
        long rejected,
        long created,
        long creationFailures,
        long destroyed,
        long detached,
        long callbackFailures,
        long lost,
        long reclaimed,
        boolean suspended,
        Map<DestroyReason, Long> destructions,
        Map<String, Long> evictions) {
    /** How many different reasons of evictions are counted apart. */
    public static final int MOST_REASONS = 32;
    /** What all further reasons are counted as. */
    public static final String OTHER_REASONS = "other";

    /**
     * Makes a snapshot; the maps are copied.
     *
     * @param maxSize the most objects that may be alive at once
     * @param minIdle how many the pool keeps ready
     * @param idle how many objects wait to be lent
     * @param leased how many are lent
     * @param creating how many creations are in flight
     * @param inMaintenance how many objects are being validated, reset, judged by a policy or destroyed
     * @param waiting how many borrowers wait
     * @param abandoned how many callbacks were given up at their timeouts and still hang
     * @param acquired how many leases were given
     * @param timedOut how many acquires ended at their deadlines
     * @param rejected how many acquires were refused because too many waited
     * @param created how many objects the factory made
     * @param creationFailures how many creations failed, those given up at their timeouts included
     * @param destroyed how many objects were destroyed, those whose destruction failed included
     * @param detached how many objects were taken out for good
     * @param callbackFailures how many calls of a callback other than a creation threw or were given up
     * @param lost how many leases were garbage collected before anybody had ended them
     * @param reclaimed how many leases were ended by the pool because they were out for too long
     * @param suspended whether the pool lends nothing because it is suspended
     * @param destructions how many objects were destroyed for each reason for which any was
     * @param evictions how many objects were evicted for each reason of the policy
     */
    public PoolStats {
        destructions = Map.copyOf(destructions);
        evictions = Map.copyOf(evictions);
    }

    /**
     * Returns how many objects were destroyed for a reason.
     *
     * @param reason the reason
     * @return its number in {@link #destructions()}, or zero
     */
    public long destroyedFor(DestroyReason reason) {
        return destructions.getOrDefault(reason, 0L);
    }

    /**
     * Returns how many places of the pool are taken.
     *
     * @return {@code idle + leased + creating + inMaintenance}; above {@link #maxSize()} only after a resize downward,
     *     until the surplus is released
     */
    public int total() {
        return idle + leased + creating + inMaintenance;
    }
}
