package io.dewpond.jdbc;

/**
 * The key of a user's own pool: who it is, and the password, which the driver needs for each connection of the pool and nobody
 * else. So the password is kept as long as the pool of the user. Prints the user alone.
 */
final class Login {
    private final Identity identity;
    private final Credentials credentials;

    Login(Identity identity, Credentials credentials) {
        this.identity = identity;
        this.credentials = credentials;
    }

    Identity identity() {
        return identity;
    }

    Credentials credentials() {
        return credentials;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Login that && identity.equals(that.identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    @Override
    public String toString() {
        return identity.user();
    }
}
