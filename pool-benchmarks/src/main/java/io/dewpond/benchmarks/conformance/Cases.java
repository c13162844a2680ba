package io.dewpond.benchmarks.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All cases, in the order of the table, by what they are about. */
final class Cases {
    private static final Map<String, List<Case>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("What a borrower holds", HandleCases.all());
        GROUPS.put("What a borrower opened", ResourceCases.all());
        GROUPS.put("What newer drivers can", ForwardingCases.all());
        GROUPS.put("What a borrower leaves behind", StateCases.all());
        GROUPS.put("Errors of the driver", ErrorCases.all());
        GROUPS.put("Connecting and validating", ConnectCases.all());
        GROUPS.put("Waiting", WaitingCases.all());
        GROUPS.put("The pool, and its end", ClosingCases.all());
    }

    private Cases() {}

    static Map<String, List<Case>> groups() {
        return GROUPS;
    }

    static List<Case> all() {
        return GROUPS.values().stream().flatMap(List::stream).toList();
    }

    static Case named(String id) {
        return all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case is called " + id));
    }
}
