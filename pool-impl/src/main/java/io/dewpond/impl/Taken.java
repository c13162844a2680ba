package io.dewpond.impl;

/** A slot that was idle, and the stay in maintenance that its taker owns. */
record Taken<T>(Slot<T> slot, long stay) {}
