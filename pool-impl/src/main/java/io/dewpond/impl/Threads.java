package io.dewpond.impl;

import org.jspecify.annotations.Nullable;

/** Where {@link Workers} have their threads from. */
interface Threads {
    /**
     * Has a thread run a job.
     *
     * @param name what a new thread is called
     * @throws RuntimeException or an error if there can be no thread now; the job isn't run then
     */
    void start(String name, Job job);

    /** For how long a thread that has nothing to do waits for more of the same before its job ends. */
    long keepAliveNanos();

    /** A new thread for each job. */
    static Threads ownEach(long keepAliveNanos) {
        @Nullable ClassLoader contextLoader = Thread.currentThread().getContextClassLoader();
        return new Threads() {
            @Override
            public void start(String name, Job job) {
                make(name, contextLoader, () -> {
                            boolean unused = job.run();
                        })
                        .start();
            }

            @Override
            public long keepAliveNanos() {
                return keepAliveNanos;
            }
        };
    }

    /** A daemon thread that inherits no thread-locals: what the opener of the pool keeps there is none of the pool's business. */
    static Thread make(String name, @Nullable ClassLoader contextLoader, Runnable body) {
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(contextLoader);
        return thread;
    }
}
