package io.dewpond.impl;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In a class of its own, so that slf4j looks for its provider when there is something to log, and not before. */
final class Log {
    static final Logger POOL = LoggerFactory.getLogger("io.dewpond");

    private Log() {}
}
