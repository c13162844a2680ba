package io.dewpond.impl;

/** Somebody came to the pool of a key just when that had gone, and has to look the key up anew. Never leaves the engine. */
final class RetiredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RetiredException() {
        super("this key's pool has gone", null, false, false);
    }
}
