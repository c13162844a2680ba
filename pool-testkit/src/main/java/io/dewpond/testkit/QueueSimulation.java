package io.dewpond.testkit;

import io.dewpond.AdmissionPolicy;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * A pool's queue under a load, in virtual time: what becomes of the borrowers, without waiting for it. Find out here what an
 * {@link AdmissionPolicy}, ready-made or your own, and the limits beside it do to your load.
 *
 * <pre>{@code
 * QueueOutcome outcome = QueueSimulation.of(10)
 *         .arrivals(Timing.exponential(Duration.ofMillis(1)))
 *         .holds(Timing.exponential(Duration.ofMillis(20)))
 *         .acquireTimeout(Duration.ofSeconds(1))
 *         .admission(AdmissionPolicy.codel(Duration.ofMillis(20), Duration.ofMillis(200)))
 *         .length(Duration.ofMinutes(1))
 *         .run();
 * }</pre>
 *
 * <p>{@link #run} plays it on a model of the queue, some millions of borrowers a second; {@link #runOn} plays the same
 * borrowers on a real pool, which takes the longer the more of them wait. The load is open: nobody comes less often because
 * others were refused, and who was refused doesn't come again. All objects exist from the beginning.
 *
 * <p>An immutable value: a method with an argument returns a changed copy. The same values give the same outcome, on every
 * JVM.
 */
public final class QueueSimulation {
    private static final long DEFAULT_SEED = 1;

    final int size;
    Timing arrivals = Timing.exponential(Duration.ofMillis(1));
    Timing holds = Timing.exponential(Duration.ofMillis(1));
    Duration acquireTimeout = Duration.ofSeconds(5);
    int maxWaiters = Integer.MAX_VALUE;
    AdmissionPolicy admission = AdmissionPolicy.none();
    double breakage;
    Duration repair = Duration.ZERO;
    Duration length = Duration.ofMinutes(1);
    long seed = DEFAULT_SEED;

    private QueueSimulation(int size) {
        this.size = size;
    }

    private QueueSimulation(QueueSimulation original) {
        size = original.size;
        arrivals = original.arrivals;
        holds = original.holds;
        acquireTimeout = original.acquireTimeout;
        maxWaiters = original.maxWaiters;
        admission = original.admission;
        breakage = original.breakage;
        repair = original.repair;
        length = original.length;
        seed = original.seed;
    }

    /**
     * Begins with a pool of so many objects, an arrival each millisecond and a hold of a millisecond in the mean, a
     * timeout of 5 s, and a length of a minute.
     *
     * @param size how many objects, at least 1
     * @return the simulation
     * @throws IllegalArgumentException if {@code size} is less than 1
     */
    public static QueueSimulation of(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size is " + size + ", but must be at least 1");
        }
        return new QueueSimulation(size);
    }

    /**
     * Sets the span from one arrival to the next.
     *
     * @param arrivals draws it
     * @return a changed copy
     * @throws NullPointerException if {@code arrivals} is null
     */
    public QueueSimulation arrivals(Timing arrivals) {
        QueueSimulation changed = new QueueSimulation(this);
        changed.arrivals = Objects.requireNonNull(arrivals, "arrivals");
        return changed;
    }

    /**
     * Sets how long a borrower holds an object. Each borrower's hold is drawn when it arrives, so that those who are served
     * ask for the same whatever becomes of the others.
     *
     * @param holds draws it
     * @return a changed copy
     * @throws NullPointerException if {@code holds} is null
     */
    public QueueSimulation holds(Timing holds) {
        QueueSimulation changed = new QueueSimulation(this);
        changed.holds = Objects.requireNonNull(holds, "holds");
        return changed;
    }

    /**
     * Sets how long a borrower waits before it leaves.
     *
     * @param acquireTimeout more than zero
     * @return a changed copy
     * @throws IllegalArgumentException if {@code acquireTimeout} isn't more than zero
     * @throws NullPointerException if {@code acquireTimeout} is null
     */
    public QueueSimulation acquireTimeout(Duration acquireTimeout) {
        requirePositive("acquireTimeout", acquireTimeout);
        QueueSimulation changed = new QueueSimulation(this);
        changed.acquireTimeout = acquireTimeout;
        return changed;
    }

    /**
     * Sets how many may wait; one more is refused. The default is no limit.
     *
     * @param maxWaiters at least 0
     * @return a changed copy
     */
    public QueueSimulation maxWaiters(int maxWaiters) {
        QueueSimulation changed = new QueueSimulation(this);
        changed.maxWaiters = maxWaiters;
        return changed;
    }

    /**
     * Sets who is shed. Each run opens the policy anew.
     *
     * @param admission the policy; what its admission throws, the run throws
     * @return a changed copy
     * @throws NullPointerException if {@code admission} is null
     */
    public QueueSimulation admission(AdmissionPolicy admission) {
        QueueSimulation changed = new QueueSimulation(this);
        changed.admission = Objects.requireNonNull(admission, "admission");
        return changed;
    }

    /**
     * Has objects break in their borrowers' hands: each then takes so long to be replaced. The default is none.
     *
     * @param probability how many of the holds break their object, 0 to 1
     * @param repair from the end of such a hold until there is another object
     * @return a changed copy
     * @throws IllegalArgumentException if {@code probability} is out of range
     * @throws NullPointerException if {@code repair} is null
     */
    public QueueSimulation breakage(double probability, Duration repair) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability is " + probability + ", but must be between 0 and 1");
        }
        QueueSimulation changed = new QueueSimulation(this);
        changed.breakage = probability;
        changed.repair = Objects.requireNonNull(repair, "repair");
        return changed;
    }

    /**
     * Sets for how long borrowers arrive. What isn't settled then is nobody's outcome.
     *
     * @param length more than zero
     * @return a changed copy
     * @throws IllegalArgumentException if {@code length} isn't more than zero
     * @throws NullPointerException if {@code length} is null
     */
    public QueueSimulation length(Duration length) {
        requirePositive("length", length);
        QueueSimulation changed = new QueueSimulation(this);
        changed.length = length;
        return changed;
    }

    /**
     * Sets what chance begins with.
     *
     * @param seed any number
     * @return a changed copy
     */
    public QueueSimulation seed(long seed) {
        QueueSimulation changed = new QueueSimulation(this);
        changed.seed = seed;
        return changed;
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be more than zero");
        }
    }

    /**
     * Plays it on a model of a pool's queue, in this thread.
     *
     * @return what became of the borrowers
     */
    public QueueOutcome run() {
        return new QueueModel(this).run();
    }

    /**
     * Plays it on a pool, whose time is moved by hand: each borrower asks for a future. Nothing breaks here.
     *
     * @param opener opens the pool, such as {@code Pools::open}
     * @return what became of the borrowers; as of {@link #run}, if the pool keeps its word
     * @throws IllegalStateException if objects are to {@linkplain #breakage break}
     * @throws AssertionError if a borrower has no outcome ten seconds after it must have one
     */
    public QueueOutcome runOn(Function<PoolConfig<Object>, Pool<Object>> opener) {
        if (breakage > 0) {
            throw new IllegalStateException("objects break in the model only");
        }
        return new QueueRehearsal(this).run(opener);
    }
}
