package io.dewpond.jdbc;

import io.dewpond.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** See {@link CredentialsProvider#cached}. Holds no lock while it asks: a source that hangs hangs for one connect. */
final class CachedCredentials implements CredentialsProvider {
    private final CredentialsProvider source;
    private final long nanos;
    private final Ticker ticker;

    private volatile @Nullable Kept kept;

    CachedCredentials(CredentialsProvider source, Duration time, Ticker ticker) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("time is " + time + ", but must be positive");
        }
        this.source = source;
        this.ticker = ticker;
        Duration most = Duration.ofNanos(Long.MAX_VALUE / 4);
        nanos = time.compareTo(most) < 0 ? time.toNanos() : most.toNanos();
    }

    @Override
    public Credentials credentials() throws Exception {
        Kept present = kept;
        if (present != null && ticker.nanoTime() - present.since < nanos) {
            return present.credentials;
        }
        return keep(present == null ? source.credentials() : source.fresh());
    }

    @Override
    public Credentials fresh() throws Exception {
        return keep(source.fresh());
    }

    @Override
    public boolean replaces(Credentials old, Credentials next) {
        return source.replaces(old, next);
    }

    private Credentials keep(Credentials credentials) {
        kept = new Kept(credentials, ticker.nanoTime());
        return credentials;
    }

    @Override
    public String toString() {
        return "CachedCredentials[" + source + "]";
    }

    private record Kept(Credentials credentials, long since) {}
}
