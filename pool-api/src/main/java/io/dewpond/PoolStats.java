package io.dewpond;

/**
 * A pool's numbers, all read at one moment.
 *
 * <p>At any moment {@code total = idle + leased + creating + inMaintenance}, and
 * {@code created = destroyed + detached} plus the objects that are idle, leased or in maintenance.
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
        boolean suspended) {
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
