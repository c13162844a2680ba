package io.dewpond.testkit;

import io.dewpond.KeyedFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A keyed factory that has a {@link ScriptedFactory} for each key, and counts over all of them what is being made or alive.
 *
 * <p>All methods may be called from any thread.
 *
 * @param <K> the type of the keys
 */
public final class ScriptedKeyedFactory<K> implements KeyedFactory<K, Resource> {
    private final Map<K, ScriptedFactory> factories = new HashMap<>();
    private int taken;
    private int mostTaken;

    /** Makes a factory that succeeds as long as its scripts say nothing else. */
    public ScriptedKeyedFactory() {}

    /**
     * Returns what makes the objects of a key, and keeps the books about them.
     *
     * @param key which one
     * @return the key's factory, always the same
     */
    public synchronized ScriptedFactory of(K key) {
        return factories.computeIfAbsent(key, unused -> new ScriptedFactory());
    }

    @Override
    public Resource create(K key) throws Exception {
        take();
        Resource made = null;
        try {
            made = of(key).create();
            return made;
        } finally {
            if (made == null) {
                giveBack();
            }
        }
    }

    @Override
    public void destroy(K key, Resource object) throws Exception {
        try {
            of(key).destroy(object);
        } finally {
            giveBack();
        }
    }

    /**
     * Returns how many creations were running and objects alive at once at most, of all keys together. Creations that were
     * given up count until they end.
     *
     * @return the number
     */
    public synchronized int mostTaken() {
        return mostTaken;
    }

    /**
     * Returns how many creations are running and objects alive, of all keys together.
     *
     * @return the number
     */
    public synchronized int taken() {
        return taken;
    }

    /**
     * Returns what was done to resources of any key that must not be done.
     *
     * @return a sentence each; empty if all is well
     */
    public synchronized List<String> violations() {
        List<String> all = new ArrayList<>();
        factories.forEach((key, factory) -> factory.violations().forEach(said -> all.add(key + ": " + said)));
        return all;
    }

    /** Takes an object off the books that was detached. */
    synchronized void forgetOne() {
        taken--;
    }

    private synchronized void take() {
        taken++;
        mostTaken = Math.max(mostTaken, taken);
    }

    private synchronized void giveBack() {
        taken--;
    }
}
