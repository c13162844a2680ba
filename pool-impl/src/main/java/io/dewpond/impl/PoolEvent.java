package io.dewpond.impl;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** What all events for the flight recorder have. Loaded when there is a recording, and not before: see {@link Flight}. */
@Category("Dewpond")
abstract sealed class PoolEvent extends Event
        permits AcquireEvent, AcquireTimeoutEvent, CreateEvent, DestroyEvent, LeaseLostEvent, LeaseOverdueEvent {
    @Label("Pool")
    final String pool;

    PoolEvent(String pool) {
        this.pool = pool;
    }
}
