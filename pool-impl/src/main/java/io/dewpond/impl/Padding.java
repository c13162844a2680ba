package io.dewpond.impl;

/**
 * Keeps what its subclass declares two cache lines away from whatever lies before it (processors fetch lines in pairs), so
 * that two slots that two threads work on don't share one.
 */
@SuppressWarnings("unused") // there to take up room
abstract class Padding {
    private long p0;
    private long p1;
    private long p2;
    private long p3;
    private long p4;
    private long p5;
    private long p6;
    private long p7;
    private long p8;
    private long p9;
    private long p10;
    private long p11;
    private long p12;
    private long p13;
    private long p14;
    private long p15;
}
