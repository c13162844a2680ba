package io.dewpond.jdbc;

import java.security.MessageDigest;

/**
 * Who somebody is: a user, and the proof of a password. Equal to another of the same user and password by one {@link Notary},
 * and tells nothing of the password, neither by its text nor by the time that a comparison takes.
 */
final class Identity {
    private final String user;
    private final byte[] proof;

    Identity(String user, byte[] proof) {
        this.user = user;
        this.proof = proof;
    }

    String user() {
        return user;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identity that && user.equals(that.user) && MessageDigest.isEqual(proof, that.proof);
    }

    /** Of the proof alone: its bits are as good as random, to whoever doesn't know the notary's key. */
    @Override
    public int hashCode() {
        return proof[0] << 24 | (proof[1] & 0xff) << 16 | (proof[2] & 0xff) << 8 | (proof[3] & 0xff);
    }

    @Override
    public String toString() {
        return user;
    }
}
