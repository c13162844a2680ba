package io.dewpond;

/**
 * The numbers of a {@link KeyedPool}, summed over its keys, those that have gone included.
 *
 * <p>Each key's numbers were all true at one moment, but the keys are read one after the other: an object that makes room
 * for one of another key meanwhile may be counted with both or with neither.
 *
 * @param maxTotal the most objects that may be alive at once
 * @param keys how many keys are present
 * @param idle how many objects wait to be lent
 * @param leased how many are lent
 * @param creating how many creations are in flight
 * @param inMaintenance how many objects are being validated, reset, judged by a policy or destroyed
 * @param waiting how many borrowers wait
 * @param acquired how many leases were given
 * @param timedOut how many acquires ended at their deadlines
 * @param rejected how many acquires were refused because too many waited for their key
 * @param created how many objects the factory made
 * @param creationFailures how many creations failed, those given up at their timeouts included
 * @param destroyed how many objects were destroyed, those whose destruction failed included
 * @param detached how many objects were taken out for good
 * @param callbackFailures how many calls of a callback other than a creation threw or were given up
 * @param lost how many leases were garbage collected before anybody had ended them
 * @param reclaimed how many leases were ended by the pool because they were out {@linkplain PoolConfig#reclaimAfter() for
 *     too long}
 */
public record KeyedPoolStats(
        int maxTotal,
        int keys,
        int idle,
        int leased,
        int creating,
        int inMaintenance,
        int waiting,
        long acquired,
        long timedOut,
        long rejected,
        long created,
        long creationFailures,
        long destroyed,
        long detached,
        long callbackFailures,
        long lost,
        long reclaimed) {
    /**
     * Returns the numbers of a pool that nobody has used yet, to {@linkplain #plus add} those of keys to.
     *
     * @param maxTotal the most objects that may be alive at once
     * @return zeros, but for the bound
     */
    public static KeyedPoolStats none(int maxTotal) {
        return new KeyedPoolStats(maxTotal, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Returns how many places are taken.
     *
     * @return {@code idle + leased + creating + inMaintenance}
     */
    public int total() {
        return idle + leased + creating + inMaintenance;
    }

    /**
     * Adds the numbers of a key that is present.
     *
     * @param key the key's numbers
     * @return the sum
     */
    public KeyedPoolStats plus(PoolStats key) {
        return new KeyedPoolStats(
                maxTotal,
                keys + 1,
                idle + key.idle(),
                leased + key.leased(),
                creating + key.creating(),
                inMaintenance + key.inMaintenance(),
                waiting + key.waiting(),
                acquired + key.acquired(),
                timedOut + key.timedOut(),
                rejected + key.rejected(),
                created + key.created(),
                creationFailures + key.creationFailures(),
                destroyed + key.destroyed(),
                detached + key.detached(),
                callbackFailures + key.callbackFailures(),
                lost + key.lost(),
                reclaimed + key.reclaimed());
    }

    /**
     * Returns the same with another number of keys; for one who has added the numbers of keys that have gone.
     *
     * @param present how many keys are present
     * @return the changed copy
     */
    public KeyedPoolStats withKeys(int present) {
        return new KeyedPoolStats(
                maxTotal,
                present,
                idle,
                leased,
                creating,
                inMaintenance,
                waiting,
                acquired,
                timedOut,
                rejected,
                created,
                creationFailures,
                destroyed,
                detached,
                callbackFailures,
                lost,
                reclaimed);
    }
}
