package io.dewpond.testkit;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectInfo;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.PoolListener;
import io.dewpond.Resetter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All the callbacks of a pool: good ones, but for the one that misbehaves from when it is {@link #arm armed} until all is
 * {@link #heal healed}, at each call. One that blocks does so in the pool's threads and in one other; else nobody would be
 * left to see that it holds nobody else.
 */
final class Callbacks {
    private static final long PROMISE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Culprit culprit;
    private final Misdeed misdeed;
    private final String threadPrefix;
    private final Gate gate = new Gate();
    private final Step step;
    private final Set<Thread> doers = ConcurrentHashMap.newKeySet();
    private volatile boolean armed;
    private volatile @Nullable Call mayBeHeld;
    /** The policy evicts what has this number or a lower one. */
    private volatile int condemned;

    Callbacks(Culprit culprit, Misdeed misdeed, String threadPrefix) {
        this.culprit = culprit;
        this.misdeed = misdeed;
        this.threadPrefix = threadPrefix;
        step = misdeed.step(gate);
    }

    PoolConfig<Resource> of(ScriptedFactory factory) {
        factory.creations().always(() -> at(Culprit.CREATE));
        factory.destructions().always(() -> at(Culprit.DESTROY));
        PoolConfig<Resource> config = PoolConfig.of(factory)
                .validator(resource -> (!culprit.validates() || at(culprit)) && resource.isSound())
                .resetter(new Cleaner())
                .evictionPolicy(new Judge())
                .listener(new Audience());
        // Only the one in question is there: with one at each lease an object proves itself only there.
        if (culprit == Culprit.AFTER_CREATE) {
            config = config.afterCreate(resource -> prepare(Culprit.AFTER_CREATE));
        } else if (culprit == Culprit.BEFORE_LEND) {
            config = config.beforeLend(resource -> prepare(Culprit.BEFORE_LEND));
        }
        // With a hook leases end by themselves, which is for those to see who look at the hook.
        return culprit.atItsMoment(abort() ? config.abortAtShutdown(resource -> at(Culprit.ABORT)) : config);
    }

    /** Whether there is a hook that aborts. */
    boolean abort() {
        return culprit == Culprit.ABORT;
    }

    /** Begins to misbehave; the call may be held, if that blocks, and no other. */
    void arm(Call held) {
        mayBeHeld = held;
        armed = true;
    }

    /** Ends all misdeeds, those under way too. */
    void heal() {
        armed = false;
        gate.open();
    }

    void condemn(int number) {
        condemned = number;
    }

    boolean hasMisbehaved() {
        return !doers.isEmpty();
    }

    boolean hasMisbehavedIn(Call call) {
        return doers.stream().anyMatch(call::isIn);
    }

    /** Whether it misbehaves still. */
    boolean isArmed() {
        return armed;
    }

    private boolean at(Culprit here) throws Exception {
        if (!armed || here != culprit) {
            return true;
        }
        Thread thread = Thread.currentThread();
        Call held = mayBeHeld;
        boolean isHeld = held != null && held.isIn(thread);
        if (misdeed.blocks() && !isThePools(thread) && !isHeld) {
            return true;
        }
        doers.add(thread);
        return step.take();
    }

    private void prepare(Culprit here) throws Exception {
        boolean unused = at(here);
    }

    private boolean isThePools(Thread thread) {
        return thread.getName().startsWith(threadPrefix);
    }

    /** For callbacks that declare no exception, and may throw one all the same: not all languages check. */
    private boolean atUnchecked(Culprit here) {
        try {
            return at(here);
        } catch (Exception anything) {
            Callbacks.<RuntimeException>throwUnchecked(anything);
            throw new AssertionError("bug: it was thrown", anything);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Exception> void throwUnchecked(Exception exception) throws X {
        throw (X) exception;
    }

    private final class Cleaner implements Resetter<Resource> {
        @Override
        public void reset(Resource object) throws Exception {
            boolean unused = at(Culprit.RESET);
        }

        @Override
        public boolean isNeeded(Resource object) {
            return atUnchecked(Culprit.IS_NEEDED);
        }
    }

    private final class Judge implements EvictionPolicy<Resource> {
        @Override
        public boolean shouldEvict(Resource object, ObjectInfo info) {
            return object.number() <= condemned || !atUnchecked(Culprit.EVICT) || isToGiveAReason();
        }

        /** Who gives no good reason is asked for one only if there is something to evict. */
        private boolean isToGiveAReason() {
            return culprit == Culprit.REASON && armed;
        }

        @Override
        public long nanosToLive(Resource object, ObjectInfo info) {
            // A release that needn't ask the policy may ask the resetter whether it is needed.
            long promise = culprit == Culprit.IS_NEEDED ? PROMISE_NANOS : 0;
            return atUnchecked(Culprit.NANOS_TO_LIVE) ? promise : 0;
        }

        @Override
        @SuppressWarnings("NullAway") // one of its misdeeds
        public String reason(Resource object, ObjectInfo info) {
            return atUnchecked(Culprit.REASON) ? "condemned" : null;
        }
    }

    private final class Audience implements PoolListener<Resource> {
        @Override
        public void created(Resource object, Duration took) {
            boolean unused = atUnchecked(Culprit.LISTENER);
        }

        @Override
        public void creationFailed(Throwable cause) {
            boolean unused = atUnchecked(Culprit.LISTENER);
        }

        @Override
        public void destroyed(Resource object, DestroyReason reason) {
            boolean unused = atUnchecked(Culprit.LISTENER);
        }

        @Override
        public void evicted(Resource object, String reason) {
            boolean unused = atUnchecked(Culprit.LISTENER);
        }

        @Override
        public void callbackFailed(Callback callback, Throwable cause) {
            boolean unused = atUnchecked(Culprit.LISTENER);
        }

        @Override
        public void acquireFailed(PoolException failure) {
            boolean unused = atUnchecked(Culprit.LISTENER);
        }
    }
}
