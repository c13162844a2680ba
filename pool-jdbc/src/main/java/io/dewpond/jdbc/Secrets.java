package io.dewpond.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What must not be printed, and how to print the rest.
 *
 * <p>Passwords stand in URLs in many dialects, and drivers put URLs into their messages. In doubt, more is hidden than
 * need be.
 */
final class Secrets {
    private static final String HIDDEN = "***";

    /** In a class of its own: compiled when something is to be hidden, and not when a pool is opened. */
    private static final class Dialects {
        static final String NAMES = "[\\w.-]*(?:password|passwd|pwd|passphrase|secret|token)[\\w.-]*";
        static final Pattern NAME = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

        /** {@code password=…} in a query, after a semicolon or in a list; hidden as far as it may reach. */
        static final Pattern PARAMETER = Pattern.compile("(" + NAMES + "\\s*=)[^&;\\s]*", Pattern.CASE_INSENSITIVE);

        /** {@code //user:password@host}; the user is hidden too, for a password may hold an {@code @} or a colon. */
        static final Pattern AUTHORITY = Pattern.compile("//[^\\s?;]*@");

        static final Pattern USER = Pattern.compile("[?&;]user=([^&;\\s]*)", Pattern.CASE_INSENSITIVE);

        /** {@code jdbc:oracle:thin:user/password@…}. */
        static final Pattern ORACLE = Pattern.compile("(jdbc:oracle:\\w+:)[^@\\s]+@", Pattern.CASE_INSENSITIVE);
    }

    private final List<String> values;

    /** Knows the values that are secret wherever they stand as words of their own. */
    Secrets(Collection<String> values) {
        this.values = List.copyOf(values);
    }

    /**
     * Finds the passwords in a URL, as far as they can be told from the rest: drivers quote the parts of a URL, too. One that is
     * the user's name as well is no secret to keep.
     */
    static Set<String> in(String url) {
        Set<String> found = new HashSet<>();
        Set<String> users = new HashSet<>();
        for (Matcher parameter = Dialects.PARAMETER.matcher(url); parameter.find(); ) {
            found.add(url.substring(parameter.end(1), parameter.end()));
        }
        for (Matcher user = Dialects.USER.matcher(url); user.find(); ) {
            users.add(user.group(1));
        }
        Matcher authority = Dialects.AUTHORITY.matcher(url);
        if (authority.find()) {
            split(authority.group().substring(2, authority.group().length() - 1), ':', users, found);
        }
        Matcher oracle = Dialects.ORACLE.matcher(url);
        if (oracle.find()) {
            split(url.substring(oracle.end(1), oracle.end() - 1), '/', users, found);
        }
        found.removeAll(users);
        return found;
    }

    private static void split(String login, char between, Set<String> users, Set<String> passwords) {
        int end = login.indexOf(between);
        users.add(end < 0 ? login : login.substring(0, end));
        if (end >= 0) {
            passwords.add(login.substring(end + 1));
        }
    }

    /** Returns the same with the password of these, too; one that is the user's name as well is no secret to keep. */
    Secrets and(Credentials credentials) {
        if (credentials.password().equals(credentials.user())) {
            return this;
        }
        List<String> all = new ArrayList<>(values);
        all.add(credentials.password());
        return new Secrets(all);
    }

    /** Tells by the name of a property whether its value is secret. */
    static boolean isSecret(String property) {
        return Dialects.NAME.matcher(property).matches();
    }

    /** Hides the passwords in a URL, or in a text that holds one. */
    static String hide(String text) {
        String hidden = Dialects.PARAMETER.matcher(text).replaceAll("$1" + HIDDEN);
        hidden = Dialects.ORACLE.matcher(hidden).replaceAll("$1" + HIDDEN + "@");
        return Dialects.AUTHORITY.matcher(hidden).replaceAll("//" + HIDDEN + "@");
    }

    /**
     * Returns what a driver threw, or, if it or anything behind it would print a secret, a copy that doesn't: with the
     * same SQLState, vendor code and stack, but neither the class nor the causes.
     */
    SQLException withoutSecrets(SQLException failure) {
        if (!tells(failure, Collections.newSetFromMap(new IdentityHashMap<>()))) {
            return failure;
        }
        SQLException copy =
                new SQLException(clean(failure.getMessage()), failure.getSQLState(), failure.getErrorCode());
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    private boolean tells(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        String message = failure.getMessage();
        if (message != null && !message.equals(clean(message))) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (tells(suppressed, seen)) {
                return true;
            }
        }
        return tells(failure.getCause(), seen)
                || (failure instanceof SQLException said && tells(said.getNextException(), seen));
    }

    private @Nullable String clean(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String clean = hide(message);
        for (String value : values) {
            if (!value.isEmpty()) {
                clean = clean.replaceAll("(?<!\\w)" + Pattern.quote(value) + "(?!\\w)", HIDDEN);
            }
        }
        return clean;
    }
}
