package io.dewpond.impl;

/** What a thread does before it may be used for something else: see {@link Threads}. */
interface Job {
    /** Does it; false if the thread mustn't be used for anything else, for it may be interrupted at any moment. */
    boolean run();
}
