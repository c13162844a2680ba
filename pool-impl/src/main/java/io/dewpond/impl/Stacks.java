package io.dewpond.impl;

import io.dewpond.LeaseHolder;
import java.util.List;

/** Stack traces as they stand in a log. */
final class Stacks {
    private Stacks() {}

    static String lines(List<StackTraceElement> stack) {
        StringBuilder lines = new StringBuilder();
        stack.forEach(call -> lines.append("\n\tat ").append(call));
        return lines.toString();
    }

    /** Nothing if it wasn't recorded. */
    static String acquiredAt(LeaseHolder holder) {
        return holder.site().isEmpty() ? "" : "\nacquired" + lines(holder.site());
    }
}
