package io.dewpond.jdbc;

import io.dewpond.RetryAfter;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;

/** Says what the driver said when it refused the credentials, and that another try has to wait. */
final class RefusedCredentialsException extends SQLInvalidAuthorizationSpecException implements RetryAfter {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    /** @param said what the driver threw, without its secrets */
    RefusedCredentialsException(SQLException said, Duration retryAfter) {
        super(
                said.getMessage() + " (the credentials were refused; no further try for " + retryAfter + ")",
                said.getSQLState() == null ? "28000" : said.getSQLState(),
                said.getErrorCode(),
                said);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
