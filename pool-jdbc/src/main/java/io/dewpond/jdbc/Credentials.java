package io.dewpond.jdbc;

import java.util.Objects;

/**
 * As whom to connect. An immutable value; equal to another of the same user and password. Never prints the password.
 */
public final class Credentials {
    private final String user;
    private final String password;

    private Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /**
     * Returns the credentials of a user.
     *
     * @param user whom to connect as
     * @param password the password, or a token that stands for one; may be empty
     * @return the credentials
     * @throws NullPointerException if an argument is null
     */
    public static Credentials of(String user, String password) {
        return new Credentials(Objects.requireNonNull(user, "user"), Objects.requireNonNull(password, "password"));
    }

    /**
     * Returns the user.
     *
     * @return whom to connect as
     */
    public String user() {
        return user;
    }

    /** Not public: whoever has it to give has no need to read it here. */
    String password() {
        return password;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credentials that && user.equals(that.user) && password.equals(that.password);
    }

    @Override
    public int hashCode() {
        return 31 * user.hashCode() + password.hashCode();
    }

    /** Names the user. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
