package io.dewpond;

import java.time.Duration;

/**
 * Asks the pool for time: a failure that {@link ObjectFactory#create()} throws may implement this, to say how long it is no
 * use, or does harm, to try again. Another login with a password that was just refused may lock the account.
 *
 * <p>The pool creates nothing before that time is over, even if its own {@linkplain PoolConfig#retryDelay() delays} are
 * shorter; it may wait for longer. Only the exception that is thrown is asked, not its causes. Another creation that
 * succeeds meanwhile, and another {@linkplain PoolControl#replaceFactory factory}, end the wait. Who waits for an object keeps
 * the deadline.
 */
public interface RetryAfter {
    /**
     * Tells how long to wait at least. Called once, by a thread of the pool, soon after the failure was thrown; must neither
     * block nor throw.
     *
     * @return the least delay from now on; zero, a negative one and null ask for none
     */
    Duration retryAfter();
}
