package io.dewpond.benchmarks.conformance.script;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call of a JDBC method as it reached the driver. */
public final class Call {
    private final Thing target;
    private final Method method;
    private final @Nullable Object[] arguments;

    Call(Thing target, Method method, @Nullable Object[] arguments) {
        this.target = target;
        this.method = method;
        this.arguments = arguments;
    }

    /** The interface that declares the method, and its name: {@code Connection.setSchema}. */
    public String name() {
        return method.getDeclaringClass().getSimpleName() + "." + simpleName();
    }

    /** What the driver would have done by itself. */
    public @Nullable Object proceed() throws Throwable {
        return target.answer(this);
    }

    /** How long the API lets the driver take, by {@code isValid}'s argument or the query timeout; zero: for ever. */
    public int allowedSeconds() {
        return simpleName().equals("isValid")
                ? (int) Objects.requireNonNull(argument(0))
                : target.number("QueryTimeout");
    }

    public Session session() {
        return target.session();
    }

    public Method method() {
        return method;
    }

    String simpleName() {
        return method.getName();
    }

    int count() {
        return arguments.length;
    }

    @Nullable
    Object argument(int index) {
        return arguments[index];
    }

    /** The text of the statement, if that is the first argument. */
    @Nullable
    String sql() {
        return arguments.length > 0 && arguments[0] instanceof String text ? text : null;
    }

    List<@Nullable Object> arguments() {
        return Arrays.asList(arguments);
    }

    @Override
    public String toString() {
        return arguments.length == 0 ? name() : name() + arguments();
    }
}
