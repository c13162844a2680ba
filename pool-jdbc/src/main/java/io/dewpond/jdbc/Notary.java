package io.dewpond.jdbc;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a password into a proof of it: an HMAC under a key that this pool drew at random and tells nobody. So what has to be
 * remembered of a password, to know it again, is not the password; and who can measure comparisons learns nothing, for the
 * proof of a guess can't be told before.
 */
final class Notary {
    private static final String ALGORITHM = "HmacSHA256"; // every Java platform has it

    private final SecretKeySpec key;

    Notary() {
        byte[] drawn = new byte[32];
        new SecureRandom().nextBytes(drawn);
        key = new SecretKeySpec(drawn, ALGORITHM);
    }

    Login login(String user, String password) {
        Credentials credentials = Credentials.of(user, password);
        return new Login(new Identity(user, proof(user, password)), credentials);
    }

    /** The length keeps apart whose user ends where. */
    private byte[] proof(String user, String password) {
        ByteBuffer text = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * (user.length() + password.length()));
        text.putInt(user.length());
        // Not by a charset: that would take each lone surrogate for a question mark, and so two passwords for one.
        text.asCharBuffer().put(user).put(password);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.array());
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("The platform has no " + ALGORITHM, absent);
        }
    }
}
