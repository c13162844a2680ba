package io.dewpond.testkit;

/**
 * What a {@link ScriptedFactory} makes: an object that knows whether it is in use, sound, and destroyed, and reports
 * who treats it wrongly to its factory.
 *
 * <p>All methods may be called from any thread.
 */
public final class Resource {
    private final ScriptedFactory maker;
    private final int number;
    private boolean inUse;
    private boolean broken;
    private int destructions;

    Resource(ScriptedFactory maker, int number) {
        this.maker = maker;
        this.number = number;
    }

    /**
     * Returns which one this is.
     *
     * @return 1 for the first that the factory made
     */
    public int number() {
        return number;
    }

    /**
     * Marks the object as used by the caller, until {@link #leave()}. It is a violation if somebody else uses it or if
     * it has been destroyed.
     */
    public synchronized void enter() {
        if (inUse) {
            maker.violated(this + " is lent twice");
        }
        if (destructions > 0) {
            maker.violated(this + " is lent after its destruction");
        }
        inUse = true;
    }

    /** Ends the use; it is a violation if nobody used it. */
    public synchronized void leave() {
        if (!inUse) {
            maker.violated(this + " is left by somebody who doesn't use it");
        }
        inUse = false;
    }

    /** Makes the object one that a validator should find bad. */
    public synchronized void breakDown() {
        broken = true;
    }

    /**
     * Tells whether the object is good.
     *
     * @return false once it is broken or destroyed
     */
    public synchronized boolean isSound() {
        return !broken && destructions == 0;
    }

    /**
     * Returns how often the object was destroyed.
     *
     * @return the number; more than 1 is a violation
     */
    public synchronized int destructions() {
        return destructions;
    }

    ScriptedFactory maker() {
        return maker;
    }

    synchronized void destroyedBy(ScriptedFactory factory) {
        if (factory != maker) {
            maker.violated(this + " is destroyed by another factory");
        }
        destructions++;
        if (destructions > 1) {
            maker.violated(this + " is destroyed " + destructions + " times");
        }
        if (inUse) {
            maker.violated(this + " is destroyed while in use");
        }
    }

    @Override
    public String toString() {
        return "resource " + number;
    }
}
