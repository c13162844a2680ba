package io.dewpond.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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
    private static final String NAMES = "[\\w.-]*(?:password|passwd|pwd|passphrase|secret|token)[\\w.-]*";
    private static final Pattern NAME = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

    /** {@code password=…} in a query, after a semicolon or in a list; hidden as far as it may reach. */
    private static final Pattern PARAMETER = Pattern.compile("(" + NAMES + "\\s*=)[^&;\\s]*", Pattern.CASE_INSENSITIVE);

    /** {@code //user:password@host}; the user is hidden too, for a password may hold an {@code @} or a colon. */
    private static final Pattern AUTHORITY = Pattern.compile("//[^\\s?;]*@");

    /** {@code jdbc:oracle:thin:user/password@…}. */
    private static final Pattern ORACLE = Pattern.compile("(jdbc:oracle:\\w+:)[^@\\s]+@", Pattern.CASE_INSENSITIVE);

    private final List<Pattern> values;

    /** Knows the values that are secret wherever they stand as words of their own. */
    Secrets(Collection<String> values) {
        this.values = values.stream()
                .filter(value -> !value.isEmpty())
                .map(value -> Pattern.compile("(?<!\\w)" + Pattern.quote(value) + "(?!\\w)"))
                .toList();
    }

    /** Tells by the name of a property whether its value is secret. */
    static boolean isSecret(String property) {
        return NAME.matcher(property).matches();
    }

    /** Hides the passwords in a URL, or in a text that holds one. */
    static String hide(String text) {
        String hidden = PARAMETER.matcher(text).replaceAll("$1" + HIDDEN);
        hidden = ORACLE.matcher(hidden).replaceAll("$1" + HIDDEN + "@");
        return AUTHORITY.matcher(hidden).replaceAll("//" + HIDDEN + "@");
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
        for (Pattern value : values) {
            clean = value.matcher(clean).replaceAll(HIDDEN);
        }
        return clean;
    }
}
