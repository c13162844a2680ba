package io.dewpond.impl;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.Resetter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * A pool for one race, as cheap as it can be, for there are millions of races. Its objects are there from the start, its
 * time stands still, and it has no threads: what it hands to its crew stays undone, so that the actors do all that is done.
 * It is the real pool all the same, and what the cases know of its inside is here.
 */
final class Rig {
    /** What the stopped clock shows. */
    static final long NOW = 0;

    private static final long FAR = 1_000_000_000_000L;

    /** No crew: to allow no creation at once is what {@link Pools} would refuse. */
    private static final PoolConfig<Thing> BARE = PoolConfig.of(ObjectFactory.of(Thing::new, thing -> {}))
            .maxConcurrentCreations(0)
            .ticker(() -> NOW);

    private static final PoolConfig<Thing> RESETTING = BARE.resetter(new CountedReset());

    private static final MethodHandle EXCHANGE = getter(SlotPool.class, "exchange", Exchange.class);
    private static final MethodHandle BEACON = getter(SlotPool.class, "beacon", Beacon.class);
    private static final MethodHandle PLACES = getter(Exchange.class, "places", Places.class);

    final SlotPool<Thing> pool;
    final Exchange<Thing> exchange;
    final Beacon beacon;
    /** The lowest place, whose object is lent first. */
    final Slot<Thing> first;

    /** What is lent; plain on purpose, for it is the pool that orders who touches it. */
    static final class Thing {
        int written;
        int resets;
    }

    private static final class CountedReset implements Resetter<Thing> {
        @Override
        public void reset(Thing thing) {
            thing.resets++;
        }
    }

    private Rig(PoolConfig<Thing> config, int size) {
        this(new SlotPool<>(config.maxSize(size)), size);
    }

    private Rig(SlotPool<Thing> empty, int size) {
        pool = empty;
        exchange = read(EXCHANGE, pool);
        beacon = read(BEACON, pool);
        Places<Thing> places = read(PLACES, exchange);
        for (int i = 0; i < size; i++) {
            Taken<Thing> place = places.beginCreation(0);
            long made = exchange.created(place.slot(), place.stay(), new Thing(), NOW);
            exchange.offer(place.slot(), made);
        }
        first = places.all().get(0);
    }

    /** A pool with so many idle objects, which is all it may have. */
    static Rig of(int size) {
        return new Rig(BARE, size);
    }

    /** The same, in which each release resets the object. */
    static Rig resetting(int size) {
        return new Rig(RESETTING, size);
    }

    /** A pool with an idle object, which is all that it may have of a budget it shares. */
    static Rig sharing(Budget budget, Allowance allowance) {
        budget.take(allowance);
        PoolConfig<Thing> config = BARE.maxSize(1);
        return new Rig(new SlotPool<>(config, Workers::new, new Events<>(config, null), allowance), 1);
    }

    /** A place alone, with an idle object. */
    static Slot<Thing> idlePlace() {
        Slot<Thing> slot = new Slot<>(null, 0);
        renew(slot, slot.stay(), new Thing());
        return slot;
    }

    /** Places alone, all lent, and each still marked as worth a look. */
    static Slots<Thing> lentPlaces(int size) {
        Slots<Thing> places = new Slots<>(null);
        places.extendTo(size);
        for (Slot<Thing> slot : places.all()) {
            renew(slot, slot.stay(), new Thing());
            slot.tryLease();
        }
        return places;
    }

    /** Puts another object into a place that the caller may take. */
    static void replace(Slot<Thing> slot, long stay, Thing thing) {
        long taken = slot.mustPass(stay, State.MAINTENANCE);
        slot.clear();
        renew(slot, slot.mustPass(taken, State.EMPTY), thing);
    }

    /** Takes a place from empty to idle, with an object in it. */
    static void renew(Slot<Thing> slot, long empty, Thing thing) {
        long creating = slot.mustPass(empty, State.CREATING);
        slot.fill(thing, NOW);
        slot.mustPass(slot.mustPass(creating, State.MAINTENANCE), State.IDLE);
    }

    Lease<Thing> borrow() {
        return pool.tryAcquire().orElseThrow();
    }

    /** A waiter who has time, has looked already, and so waits for a signal. */
    Waiter<Thing> enqueue() {
        Waiter<Thing> waiter = new Waiter<>(NOW, FAR, null);
        exchange.enqueue(waiter);
        waiter.takeSignal();
        return waiter;
    }

    /** The same without a thread. */
    void enqueueFuture() {
        exchange.enqueue(new FutureWaiter<>(NOW, FAR, null, served -> {}));
    }

    static boolean isOn(@Nullable Lease<Thing> lease) {
        return lease != null && thingOf(lease) != null;
    }

    /** The lease's object, or null if the lease has ended. */
    static @Nullable Thing thingOf(Lease<Thing> lease) {
        try {
            return lease.get();
        } catch (IllegalStateException ended) {
            return null;
        }
    }

    private static MethodHandle getter(Class<?> owner, String field, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findGetter(owner, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the field's type, but for its argument
    private static <R> R read(MethodHandle getter, Object owner) {
        try {
            return (R) getter.invoke(owner);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
