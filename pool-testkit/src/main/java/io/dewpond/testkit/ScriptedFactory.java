package io.dewpond.testkit;

import io.dewpond.ObjectFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A factory that does what its scripts say, and keeps the books: what was made, what is alive, and who broke the rules
 * of the pool by lending an object twice or destroying it twice or in its borrower's hands.
 *
 * <p>All methods may be called from any thread.
 */
public final class ScriptedFactory implements ObjectFactory<Resource> {
    private final Script creations = new Script();
    private final Script destructions = new Script();
    private final List<Resource> made = new ArrayList<>();
    private final Set<Resource> alive = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private int mostAlive;

    /** Makes a factory that succeeds as long as its scripts say nothing else. */
    public ScriptedFactory() {}

    /**
     * Returns what {@link #create()} does before it makes a resource; {@link Step#refuse()} has it return null.
     *
     * @return the script
     */
    public Script creations() {
        return creations;
    }

    /**
     * Returns what {@link #destroy} does. Whatever that is, the resource counts as destroyed.
     *
     * @return the script
     */
    public Script destructions() {
        return destructions;
    }

    @Override
    @SuppressWarnings("NullAway") // returning null on demand is what this factory is for
    public Resource create() throws Exception {
        return creations.run() ? make() : nothing();
    }

    @Override
    public void destroy(Resource object) throws Exception {
        object.destroyedBy(this);
        try {
            boolean unused = destructions.run();
        } finally {
            forget(object);
        }
    }

    /**
     * Returns everything that was made.
     *
     * @return the resources, oldest first
     */
    public synchronized List<Resource> made() {
        return List.copyOf(made);
    }

    /**
     * Returns what is alive: made, and neither {@linkplain #destroy destroyed} to the end nor {@linkplain #forget
     * forgotten}.
     *
     * @return the resources, in no order
     */
    public synchronized Set<Resource> alive() {
        return Set.copyOf(alive);
    }

    /**
     * Returns how many resources were alive at once at most.
     *
     * @return the number
     */
    public synchronized int mostAlive() {
        return mostAlive;
    }

    /**
     * Takes a resource off the books, such as one that was detached from its pool.
     *
     * @param resource the resource
     */
    public synchronized void forget(Resource resource) {
        alive.remove(resource);
    }

    /**
     * Returns what was done to resources that must not be done.
     *
     * @return a sentence each; empty if all is well
     */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized void violated(String violation) {
        violations.add(violation);
    }

    private synchronized Resource make() {
        Resource resource = new Resource(this, made.size() + 1);
        made.add(resource);
        alive.add(resource);
        mostAlive = Math.max(mostAlive, alive.size());
        return resource;
    }

    private static @Nullable Resource nothing() {
        return null;
    }
}
