package io.dewpond;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a pool is to behave: an immutable value. A method with an argument returns a changed copy, the same name without
 * one reads the setting.
 *
 * <p>A null is refused where it is given; all else is checked in one place, when a pool is opened: see {@link
 * #problems()}. Nothing is silently corrected. No duration may be longer than {@link #LONGEST}.
 *
 * @param <T> what the pool lends
 */
public final class PoolConfig<T> {
    /** The longest duration that a setting takes: 36,500 days. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    private final ObjectFactory<T> factory;
    private final String name;
    private final int maxSize;
    private final int minIdle;
    private final int maxWaiters;
    private final AdmissionPolicy admission;
    private final int maxConcurrentCreations;
    private final Duration acquireTimeout;
    private final Duration createTimeout;
    private final Duration validationTimeout;
    private final Duration destroyTimeout;
    private final Duration drainTimeout;
    private final Duration maintenanceInterval;
    private final Duration overdueAfter;
    private final Duration reclaimAfter;
    private final int siteSampling;
    private final boolean timings;
    private final Duration warmUp;
    private final Duration retryDelay;
    private final Duration maxRetryDelay;
    private final boolean failFast;
    private final Duration validateAfterIdle;
    private final Duration validateEvery;
    private final boolean validateOnRelease;
    private final boolean validateAfterCreate;
    private final @Nullable Validator<? super T> validator;
    private final @Nullable Resetter<? super T> resetter;
    private final EvictionPolicy<? super T> evictionPolicy;
    private final ObjectFactory.@Nullable Disposal<? super T> abortAtShutdown;
    private final @Nullable PoolListener<? super T> listener;
    private final Ticker ticker;
    private final boolean registerMXBean;
    private final @Nullable Hook<? super T> afterCreate;
    private final @Nullable Hook<? super T> beforeLend;
    private final LendingOrder lendingOrder;

    private PoolConfig(Draft<T> draft) {
        factory = draft.factory;
        name = draft.name;
        maxSize = draft.maxSize;
        minIdle = draft.minIdle;
        maxWaiters = draft.maxWaiters;
        admission = draft.admission;
        maxConcurrentCreations = draft.maxConcurrentCreations;
        acquireTimeout = draft.acquireTimeout;
        createTimeout = draft.createTimeout;
        validationTimeout = draft.validationTimeout;
        destroyTimeout = draft.destroyTimeout;
        drainTimeout = draft.drainTimeout;
        maintenanceInterval = draft.maintenanceInterval;
        overdueAfter = draft.overdueAfter;
        reclaimAfter = draft.reclaimAfter;
        siteSampling = draft.siteSampling;
        timings = draft.timings;
        warmUp = draft.warmUp;
        retryDelay = draft.retryDelay;
        maxRetryDelay = draft.maxRetryDelay;
        failFast = draft.failFast;
        validateAfterIdle = draft.validateAfterIdle;
        validateEvery = draft.validateEvery;
        validateOnRelease = draft.validateOnRelease;
        validateAfterCreate = draft.validateAfterCreate;
        validator = draft.validator;
        resetter = draft.resetter;
        evictionPolicy = draft.evictionPolicy;
        abortAtShutdown = draft.abortAtShutdown;
        listener = draft.listener;
        ticker = draft.ticker;
        registerMXBean = draft.registerMXBean;
        afterCreate = draft.afterCreate;
        beforeLend = draft.beforeLend;
        lendingOrder = draft.lendingOrder;
    }

    /**
     * Returns the configuration of a pool of what the factory makes, with every other setting at its default.
     *
     * @param factory makes the objects
     * @param <T> what the pool lends
     * @return the configuration
     * @throws NullPointerException if {@code factory} is null
     */
    public static <T> PoolConfig<T> of(ObjectFactory<T> factory) {
        return new PoolConfig<>(new Draft<>(Objects.requireNonNull(factory, "factory")));
    }

    /**
     * Lists what is wrong with this configuration: for each mistake a sentence that names the setting, its value and
     * the bound.
     *
     * @return the mistakes; empty if a pool can be opened with this configuration
     */
    public List<String> problems() {
        return ConfigCheck.problems(this);
    }

    /**
     * Returns this configuration if a pool can be opened with it; for implementers of {@link Pool}.
     *
     * @return this
     * @throws IllegalArgumentException if there are {@linkplain #problems() problems}; the message lists them all
     */
    public PoolConfig<T> requireValid() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Pool '" + name + "' can't be opened: " + String.join("; ", problems));
        }
        return this;
    }

    /**
     * Returns what makes and destroys the objects.
     *
     * @return the factory
     */
    public ObjectFactory<T> factory() {
        return factory;
    }

    /**
     * Sets {@link #factory()}.
     *
     * @param factory makes and destroys the objects
     * @return a changed copy
     * @throws NullPointerException if {@code factory} is null
     */
    public PoolConfig<T> factory(ObjectFactory<T> factory) {
        Objects.requireNonNull(factory, "factory");
        Draft<T> draft = new Draft<>(this);
        draft.factory = factory;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns the pool's name, which stands in every message, log line and thread name. Default: {@code pool}.
     *
     * @return the setting
     */
    public String name() {
        return name;
    }

    /**
     * Sets {@link #name()}.
     *
     * @param name not blank
     * @return a changed copy
     * @throws NullPointerException if {@code name} is null
     */
    public PoolConfig<T> name(String name) {
        Objects.requireNonNull(name, "name");
        Draft<T> draft = new Draft<>(this);
        draft.name = name;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns the most objects alive at once. Default: 10.
     *
     * @return the setting
     */
    public int maxSize() {
        return maxSize;
    }

    /**
     * Sets {@link #maxSize()}.
     *
     * @param maxSize at least 1
     * @return a changed copy
     */
    public PoolConfig<T> maxSize(int maxSize) {
        Draft<T> draft = new Draft<>(this);
        draft.maxSize = maxSize;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how many objects the pool keeps ready to be lent, as far as {@code maxSize} allows. Default: 0.
     *
     * @return the setting
     */
    public int minIdle() {
        return minIdle;
    }

    /**
     * Sets {@link #minIdle()}.
     *
     * @param minIdle 0 to {@code maxSize}
     * @return a changed copy
     */
    public PoolConfig<T> minIdle(int minIdle) {
        Draft<T> draft = new Draft<>(this);
        draft.minIdle = minIdle;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how many borrowers may wait; one more is refused at once. Default: no limit.
     *
     * @return the setting
     */
    public int maxWaiters() {
        return maxWaiters;
    }

    /**
     * Sets {@link #maxWaiters()}.
     *
     * @param maxWaiters at least 0
     * @return a changed copy
     */
    public PoolConfig<T> maxWaiters(int maxWaiters) {
        Draft<T> draft = new Draft<>(this);
        draft.maxWaiters = maxWaiters;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns what sheds borrowers who have waited for too long in a queue that doesn't get shorter. Default: {@link
     * AdmissionPolicy#none()}.
     *
     * @return the setting, not null
     */
    public AdmissionPolicy admission() {
        return admission;
    }

    /**
     * Sets {@link #admission()}.
     *
     * @param admission such as {@link AdmissionPolicy#codel}
     * @return a changed copy
     * @throws NullPointerException if {@code admission} is null
     */
    public PoolConfig<T> admission(AdmissionPolicy admission) {
        Objects.requireNonNull(admission, "admission");
        Draft<T> draft = new Draft<>(this);
        draft.admission = admission;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how many creations may run at once, and also how many other callbacks of a kind on the pool's threads.
     * Default: 8.
     *
     * @return the setting
     */
    public int maxConcurrentCreations() {
        return maxConcurrentCreations;
    }

    /**
     * Sets {@link #maxConcurrentCreations()}.
     *
     * @param maxConcurrentCreations at least 1
     * @return a changed copy
     */
    public PoolConfig<T> maxConcurrentCreations(int maxConcurrentCreations) {
        Draft<T> draft = new Draft<>(this);
        draft.maxConcurrentCreations = maxConcurrentCreations;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how long {@link Pool#acquire()} waits. Default: 5 s.
     *
     * @return the setting
     */
    public Duration acquireTimeout() {
        return acquireTimeout;
    }

    /**
     * Sets {@link #acquireTimeout()}.
     *
     * @param acquireTimeout not negative
     * @return a changed copy
     * @throws NullPointerException if {@code acquireTimeout} is null
     */
    public PoolConfig<T> acquireTimeout(Duration acquireTimeout) {
        Objects.requireNonNull(acquireTimeout, "acquireTimeout");
        Draft<T> draft = new Draft<>(this);
        draft.acquireTimeout = acquireTimeout;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how long a creation, with the {@linkplain #validateAfterCreate() validation} of the new object, may take
     * before it is interrupted and given up. Default: 10 s.
     *
     * @return the setting
     */
    public Duration createTimeout() {
        return createTimeout;
    }

    /**
     * Sets {@link #createTimeout()}.
     *
     * @param createTimeout 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code createTimeout} is null
     */
    public PoolConfig<T> createTimeout(Duration createTimeout) {
        Objects.requireNonNull(createTimeout, "createTimeout");
        Draft<T> draft = new Draft<>(this);
        draft.createTimeout = createTimeout;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how long a validation on a thread of the pool may take before it is interrupted and the object counts as
     * bad; it bounds the policy's judgement of an idle object too. Default: 5 s.
     *
     * @return the setting
     */
    public Duration validationTimeout() {
        return validationTimeout;
    }

    /**
     * Sets {@link #validationTimeout()}.
     *
     * @param validationTimeout 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code validationTimeout} is null
     */
    public PoolConfig<T> validationTimeout(Duration validationTimeout) {
        Objects.requireNonNull(validationTimeout, "validationTimeout");
        Draft<T> draft = new Draft<>(this);
        draft.validationTimeout = validationTimeout;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how long a destruction may take before it is interrupted and the place is used again without waiting for
     * it. Default: 5 s.
     *
     * @return the setting
     */
    public Duration destroyTimeout() {
        return destroyTimeout;
    }

    /**
     * Sets {@link #destroyTimeout()}.
     *
     * @param destroyTimeout 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code destroyTimeout} is null
     */
    public PoolConfig<T> destroyTimeout(Duration destroyTimeout) {
        Objects.requireNonNull(destroyTimeout, "destroyTimeout");
        Draft<T> draft = new Draft<>(this);
        draft.destroyTimeout = destroyTimeout;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how long {@link Pool#close()} waits for leases to end. Default: 5 s.
     *
     * @return the setting
     */
    public Duration drainTimeout() {
        return drainTimeout;
    }

    /**
     * Sets {@link #drainTimeout()}.
     *
     * @param drainTimeout not negative
     * @return a changed copy
     * @throws NullPointerException if {@code drainTimeout} is null
     */
    public PoolConfig<T> drainTimeout(Duration drainTimeout) {
        Objects.requireNonNull(drainTimeout, "drainTimeout");
        Draft<T> draft = new Draft<>(this);
        draft.drainTimeout = drainTimeout;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how often the eviction policy judges idle objects, and how often the pool looks for lost leases while
     * somebody waits. Default: 1 s.
     *
     * @return the setting
     */
    public Duration maintenanceInterval() {
        return maintenanceInterval;
    }

    /**
     * Sets {@link #maintenanceInterval()}.
     *
     * @param maintenanceInterval 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code maintenanceInterval} is null
     */
    public PoolConfig<T> maintenanceInterval(Duration maintenanceInterval) {
        Objects.requireNonNull(maintenanceInterval, "maintenanceInterval");
        Draft<T> draft = new Draft<>(this);
        draft.maintenanceInterval = maintenanceInterval;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns for how long a lease may be out before that is {@linkplain PoolListener#leaseOverdue reported}, once, with
     * what its holder is doing at that moment; and once more when it ends. Zero reports nothing. Default: zero.
     *
     * @return the setting
     */
    public Duration overdueAfter() {
        return overdueAfter;
    }

    /**
     * Sets {@link #overdueAfter()}.
     *
     * @param overdueAfter not negative
     * @return a changed copy
     * @throws NullPointerException if {@code overdueAfter} is null
     */
    public PoolConfig<T> overdueAfter(Duration overdueAfter) {
        Objects.requireNonNull(overdueAfter, "overdueAfter");
        Draft<T> draft = new Draft<>(this);
        draft.overdueAfter = overdueAfter;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns after what time a lease is ended by the pool: from then on the lease refuses, the object is destroyed, and its
     * place is used anew. Zero ends none. Default: zero.
     *
     * <p><b>Dangerous.</b> The borrower isn't asked, and may be using the object at that very moment: whatever it does with
     * it then happens to an object that is being destroyed. {@link #abortAtShutdown()}, if set, is called first, on a thread
     * of the pool, and should make the object fail in its borrower's hands. Set this only where the factory can destroy an
     * object that is in use, as most connections can be closed, and to far more than the longest honest use takes. It is a
     * last resort against borrowers that hang for ever; {@link #overdueAfter()} finds them and harms nobody.
     *
     * @return the setting
     */
    public Duration reclaimAfter() {
        return reclaimAfter;
    }

    /**
     * Sets {@link #reclaimAfter()}.
     *
     * @param reclaimAfter not negative, and not less than {@link #overdueAfter()} unless zero; measured to about ten
     *     milliseconds
     * @return a changed copy
     * @throws NullPointerException if {@code reclaimAfter} is null
     */
    public PoolConfig<T> reclaimAfter(Duration reclaimAfter) {
        Objects.requireNonNull(reclaimAfter, "reclaimAfter");
        Draft<T> draft = new Draft<>(this);
        draft.reclaimAfter = reclaimAfter;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns of how many acquires one, drawn at random, records the stack of its caller, for {@linkplain LeaseHolder
     * whoever asks} where a lease was acquired: 1 records every acquire, 0 none. A record costs some microseconds. Default:
     * 0.
     *
     * @return the setting
     */
    public int siteSampling() {
        return siteSampling;
    }

    /**
     * Sets {@link #siteSampling()}.
     *
     * @param oneIn at least 0
     * @return a changed copy
     */
    public PoolConfig<T> siteSampling(int oneIn) {
        Draft<T> draft = new Draft<>(this);
        draft.siteSampling = oneIn;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns whether the pool measures how long borrowers wait, how long they hold objects and how long creations take,
     * for {@link Pool#timings()}. That costs two precise readings of the time for each lease, some tens of nanoseconds,
     * and about 90 KB. Default: false.
     *
     * @return the setting
     */
    public boolean timings() {
        return timings;
    }

    /**
     * Sets {@link #timings()}.
     *
     * @param timings the setting
     * @return a changed copy
     */
    public PoolConfig<T> timings(boolean timings) {
        Draft<T> draft = new Draft<>(this);
        draft.timings = timings;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how long opening the pool waits until {@code minIdle} objects are ready; if that fails, the opening
     * fails. Zero doesn't wait: the objects are made in the background. Default: zero.
     *
     * @return the setting
     */
    public Duration warmUp() {
        return warmUp;
    }

    /**
     * Sets {@link #warmUp()}.
     *
     * @param warmUp not negative; more than zero only with a {@code minIdle}
     * @return a changed copy
     * @throws NullPointerException if {@code warmUp} is null
     */
    public PoolConfig<T> warmUp(Duration warmUp) {
        Objects.requireNonNull(warmUp, "warmUp");
        Draft<T> draft = new Draft<>(this);
        draft.warmUp = warmUp;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how long the pool waits after a failed creation, at most, before it tries another; doubled at each
     * further failure, drawn at random from zero to that (full jitter). Until one succeeds, one is tried at a time. Default: 100
     * ms.
     *
     * @return the setting
     */
    public Duration retryDelay() {
        return retryDelay;
    }

    /**
     * Sets {@link #retryDelay()}.
     *
     * @param retryDelay 1 ms or more
     * @return a changed copy
     * @throws NullPointerException if {@code retryDelay} is null
     */
    public PoolConfig<T> retryDelay(Duration retryDelay) {
        Objects.requireNonNull(retryDelay, "retryDelay");
        Draft<T> draft = new Draft<>(this);
        draft.retryDelay = retryDelay;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns the bound of the doubling of {@link #retryDelay()}, which is also the longest time for which a pool doesn't notice
     * that creations succeed again. Default: 500 ms.
     *
     * @return the setting
     */
    public Duration maxRetryDelay() {
        return maxRetryDelay;
    }

    /**
     * Sets {@link #maxRetryDelay()}.
     *
     * @param maxRetryDelay {@code retryDelay} or more
     * @return a changed copy
     * @throws NullPointerException if {@code maxRetryDelay} is null
     */
    public PoolConfig<T> maxRetryDelay(Duration maxRetryDelay) {
        Objects.requireNonNull(maxRetryDelay, "maxRetryDelay");
        Draft<T> draft = new Draft<>(this);
        draft.maxRetryDelay = maxRetryDelay;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns whether borrowers get a CreationFailedException at once when nothing is alive and a creation fails;
     * otherwise they wait for their deadlines, and get the failure as cause then. Default: false.
     *
     * @return the setting
     */
    public boolean failFast() {
        return failFast;
    }

    /**
     * Sets {@link #failFast()}.
     *
     * @param failFast the setting
     * @return a changed copy
     */
    public PoolConfig<T> failFast(boolean failFast) {
        Draft<T> draft = new Draft<>(this);
        draft.failFast = failFast;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how long an object may have been idle to be lent without a validation. Default: 500 ms.
     *
     * @return the setting
     */
    public Duration validateAfterIdle() {
        return validateAfterIdle;
    }

    /**
     * Sets {@link #validateAfterIdle()}.
     *
     * @param validateAfterIdle not negative, measured to about ten milliseconds; zero validates before each lease but one
     *     handed over directly
     * @return a changed copy
     * @throws NullPointerException if {@code validateAfterIdle} is null
     */
    public PoolConfig<T> validateAfterIdle(Duration validateAfterIdle) {
        Objects.requireNonNull(validateAfterIdle, "validateAfterIdle");
        Draft<T> draft = new Draft<>(this);
        draft.validateAfterIdle = validateAfterIdle;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns how often an idle object is validated; zero never does. Default: zero.
     *
     * @return the setting
     */
    public Duration validateEvery() {
        return validateEvery;
    }

    /**
     * Sets {@link #validateEvery()}.
     *
     * @param validateEvery not negative
     * @return a changed copy
     * @throws NullPointerException if {@code validateEvery} is null
     */
    public PoolConfig<T> validateEvery(Duration validateEvery) {
        Objects.requireNonNull(validateEvery, "validateEvery");
        Draft<T> draft = new Draft<>(this);
        draft.validateEvery = validateEvery;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns whether an object is validated when it is released, in the releasing thread. Default: false.
     *
     * @return the setting
     */
    public boolean validateOnRelease() {
        return validateOnRelease;
    }

    /**
     * Sets {@link #validateOnRelease()}.
     *
     * @param validateOnRelease the setting
     * @return a changed copy
     */
    public PoolConfig<T> validateOnRelease(boolean validateOnRelease) {
        Draft<T> draft = new Draft<>(this);
        draft.validateOnRelease = validateOnRelease;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns whether an object is validated before its first lease. Default: false.
     *
     * @return the setting
     */
    public boolean validateAfterCreate() {
        return validateAfterCreate;
    }

    /**
     * Sets {@link #validateAfterCreate()}.
     *
     * @param validateAfterCreate the setting
     * @return a changed copy
     */
    public PoolConfig<T> validateAfterCreate(boolean validateAfterCreate) {
        Draft<T> draft = new Draft<>(this);
        draft.validateAfterCreate = validateAfterCreate;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns what tells good objects from bad, if anything does. Default: none.
     *
     * @return the setting, or null
     */
    public @Nullable Validator<? super T> validator() {
        return validator;
    }

    /**
     * Sets {@link #validator()}.
     *
     * @param validator the setting
     * @return a changed copy
     * @throws NullPointerException if {@code validator} is null
     */
    public PoolConfig<T> validator(Validator<? super T> validator) {
        Objects.requireNonNull(validator, "validator");
        Draft<T> draft = new Draft<>(this);
        draft.validator = validator;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns what cleans an object on release, if anything does. Default: none.
     *
     * @return the setting, or null
     */
    public @Nullable Resetter<? super T> resetter() {
        return resetter;
    }

    /**
     * Sets {@link #resetter()}.
     *
     * @param resetter the setting
     * @return a changed copy
     * @throws NullPointerException if {@code resetter} is null
     */
    public PoolConfig<T> resetter(Resetter<? super T> resetter) {
        Objects.requireNonNull(resetter, "resetter");
        Draft<T> draft = new Draft<>(this);
        draft.resetter = resetter;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns what decides when an object has served long enough. Default: {@link EvictionPolicy#never()}.
     *
     * @return the setting, not null
     */
    public EvictionPolicy<? super T> evictionPolicy() {
        return evictionPolicy;
    }

    /**
     * Sets {@link #evictionPolicy()}.
     *
     * @param evictionPolicy the setting
     * @return a changed copy
     * @throws NullPointerException if {@code evictionPolicy} is null
     */
    public PoolConfig<T> evictionPolicy(EvictionPolicy<? super T> evictionPolicy) {
        Objects.requireNonNull(evictionPolicy, "evictionPolicy");
        Draft<T> draft = new Draft<>(this);
        draft.evictionPolicy = evictionPolicy;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns what makes an object fail in its borrower's hands; called for each lease that is still out when a
     * shutdown's drain is over or that is {@linkplain #reclaimAfter() reclaimed}, before the object is destroyed. Default:
     * none.
     *
     * @return the setting, or null
     */
    public ObjectFactory.@Nullable Disposal<? super T> abortAtShutdown() {
        return abortAtShutdown;
    }

    /**
     * Sets {@link #abortAtShutdown()}.
     *
     * @param abortAtShutdown the setting
     * @return a changed copy
     * @throws NullPointerException if {@code abortAtShutdown} is null
     */
    public PoolConfig<T> abortAtShutdown(ObjectFactory.Disposal<? super T> abortAtShutdown) {
        Objects.requireNonNull(abortAtShutdown, "abortAtShutdown");
        Draft<T> draft = new Draft<>(this);
        draft.abortAtShutdown = abortAtShutdown;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns who is told what happens. Default: none.
     *
     * @return the setting, or null
     */
    public @Nullable PoolListener<? super T> listener() {
        return listener;
    }

    /**
     * Sets {@link #listener()}.
     *
     * @param listener the setting
     * @return a changed copy
     * @throws NullPointerException if {@code listener} is null
     */
    public PoolConfig<T> listener(PoolListener<? super T> listener) {
        Objects.requireNonNull(listener, "listener");
        Draft<T> draft = new Draft<>(this);
        draft.listener = listener;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns where the pool takes its time from. Default: {@link Ticker#system()}.
     *
     * @return the setting, not null
     */
    public Ticker ticker() {
        return ticker;
    }

    /**
     * Sets {@link #ticker()}.
     *
     * @param ticker the setting
     * @return a changed copy
     * @throws NullPointerException if {@code ticker} is null
     */
    public PoolConfig<T> ticker(Ticker ticker) {
        Objects.requireNonNull(ticker, "ticker");
        Draft<T> draft = new Draft<>(this);
        draft.ticker = ticker;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns whether JMX shows the pool, as a {@link PoolMXBean} of the platform's MBean server, from its opening to the end
     * of its shutdown. It needs the module {@code java.management}; where that isn't there, or where another pool of the
     * same name is registered, the pool isn't opened. Default: false.
     *
     * @return the setting
     */
    public boolean registerMXBean() {
        return registerMXBean;
    }

    /**
     * Sets {@link #registerMXBean()}.
     *
     * @param registerMXBean the setting
     * @return a changed copy
     */
    public PoolConfig<T> registerMXBean(boolean registerMXBean) {
        Draft<T> draft = new Draft<>(this);
        draft.registerMXBean = registerMXBean;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns what is done to a new object, before it is {@linkplain #validateAfterCreate() validated}. Default: nothing.
     *
     * <p>Runs on the thread that created the object, within {@link #createTimeout()}, without any lock. If it throws
     * anything or is given up, the creation has failed: the object is destroyed, those who wait learn the cause, and the
     * next try comes after a delay.
     *
     * @return the setting, or null
     */
    public @Nullable Hook<? super T> afterCreate() {
        return afterCreate;
    }

    /**
     * Sets {@link #afterCreate()}.
     *
     * @param afterCreate the setting
     * @return a changed copy
     * @throws NullPointerException if {@code afterCreate} is null
     */
    public PoolConfig<T> afterCreate(Hook<? super T> afterCreate) {
        Objects.requireNonNull(afterCreate, "afterCreate");
        Draft<T> draft = new Draft<>(this);
        draft.afterCreate = afterCreate;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns what is done to an object right before a borrower gets it, each time. Default: nothing.
     *
     * <p>Runs in the borrower's thread, without any lock, when the object is the borrower's already; for {@link
     * Pool#acquireAsync} on a thread of the pool, before the future is completed. If it throws anything, the object is
     * destroyed, and the borrower goes on with another within the same deadline, behind those who wait already; that lease
     * counts for none. If the object was new, that also counts as a failed creation as far as the delay before the next, the
     * cause of timeouts and {@link #failFast()} are concerned.
     *
     * <p>What takes long here takes as long as it takes: nobody interrupts a borrower's own thread, and a hook that ends
     * well after the deadline has its object lent all the same. A borrower who is interrupted while the hook fails gets the
     * {@link InterruptedException}; from {@link Pool#tryAcquire} nothing, with the flag still set. Only on the pool's thread
     * is a hook interrupted and given up: at the deadline of its future, or after {@link #validationTimeout()} if that
     * doesn't wait at all.
     *
     * @return the setting, or null
     */
    public @Nullable Hook<? super T> beforeLend() {
        return beforeLend;
    }

    /**
     * Sets {@link #beforeLend()}.
     *
     * @param beforeLend the setting
     * @return a changed copy
     * @throws NullPointerException if {@code beforeLend} is null
     */
    public PoolConfig<T> beforeLend(Hook<? super T> beforeLend) {
        Objects.requireNonNull(beforeLend, "beforeLend");
        Draft<T> draft = new Draft<>(this);
        draft.beforeLend = beforeLend;
        return new PoolConfig<>(draft);
    }

    /**
     * Returns which of several idle objects is lent next. Default: {@link LendingOrder#LOWEST}.
     *
     * @return the setting, not null
     */
    public LendingOrder lendingOrder() {
        return lendingOrder;
    }

    /**
     * Sets {@link #lendingOrder()}.
     *
     * @param lendingOrder the setting; all but {@link LendingOrder#LOWEST} cost each acquire a look at every place
     * @return a changed copy
     * @throws NullPointerException if {@code lendingOrder} is null
     */
    public PoolConfig<T> lendingOrder(LendingOrder lendingOrder) {
        Objects.requireNonNull(lendingOrder, "lendingOrder");
        Draft<T> draft = new Draft<>(this);
        draft.lendingOrder = lendingOrder;
        return new PoolConfig<>(draft);
    }

    /** The settings while one is being changed; holds the defaults. */
    private static final class Draft<T> {
        private ObjectFactory<T> factory;
        private String name = "pool";
        private int maxSize = 10;
        private int minIdle;
        private int maxWaiters = Integer.MAX_VALUE;
        private AdmissionPolicy admission = AdmissionPolicy.none();
        private int maxConcurrentCreations = 8;
        private Duration acquireTimeout = Duration.ofSeconds(5);
        private Duration createTimeout = Duration.ofSeconds(10);
        private Duration validationTimeout = Duration.ofSeconds(5);
        private Duration destroyTimeout = Duration.ofSeconds(5);
        private Duration drainTimeout = Duration.ofSeconds(5);
        private Duration maintenanceInterval = Duration.ofSeconds(1);
        private Duration overdueAfter = Duration.ZERO;
        private Duration reclaimAfter = Duration.ZERO;
        private int siteSampling;
        private boolean timings;
        private Duration warmUp = Duration.ZERO;
        private Duration retryDelay = Duration.ofMillis(100);
        private Duration maxRetryDelay = Duration.ofMillis(500);
        private boolean failFast;
        private Duration validateAfterIdle = Duration.ofMillis(500);
        private Duration validateEvery = Duration.ZERO;
        private boolean validateOnRelease;
        private boolean validateAfterCreate;
        private @Nullable Validator<? super T> validator;
        private @Nullable Resetter<? super T> resetter;
        private EvictionPolicy<? super T> evictionPolicy = EvictionPolicy.never();
        private ObjectFactory.@Nullable Disposal<? super T> abortAtShutdown;
        private @Nullable PoolListener<? super T> listener;
        private Ticker ticker = Ticker.system();
        private boolean registerMXBean;
        private @Nullable Hook<? super T> afterCreate;
        private @Nullable Hook<? super T> beforeLend;
        private LendingOrder lendingOrder = LendingOrder.LOWEST;

        Draft(ObjectFactory<T> factory) {
            this.factory = factory;
        }

        Draft(PoolConfig<T> config) {
            factory = config.factory;
            name = config.name;
            maxSize = config.maxSize;
            minIdle = config.minIdle;
            maxWaiters = config.maxWaiters;
            admission = config.admission;
            maxConcurrentCreations = config.maxConcurrentCreations;
            acquireTimeout = config.acquireTimeout;
            createTimeout = config.createTimeout;
            validationTimeout = config.validationTimeout;
            destroyTimeout = config.destroyTimeout;
            drainTimeout = config.drainTimeout;
            maintenanceInterval = config.maintenanceInterval;
            overdueAfter = config.overdueAfter;
            reclaimAfter = config.reclaimAfter;
            siteSampling = config.siteSampling;
            timings = config.timings;
            warmUp = config.warmUp;
            retryDelay = config.retryDelay;
            maxRetryDelay = config.maxRetryDelay;
            failFast = config.failFast;
            validateAfterIdle = config.validateAfterIdle;
            validateEvery = config.validateEvery;
            validateOnRelease = config.validateOnRelease;
            validateAfterCreate = config.validateAfterCreate;
            validator = config.validator;
            resetter = config.resetter;
            evictionPolicy = config.evictionPolicy;
            abortAtShutdown = config.abortAtShutdown;
            listener = config.listener;
            ticker = config.ticker;
            registerMXBean = config.registerMXBean;
            afterCreate = config.afterCreate;
            beforeLend = config.beforeLend;
            lendingOrder = config.lendingOrder;
        }
    }
}
