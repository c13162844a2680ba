package io.dewpond.benchmarks.contestant;

import java.util.List;

/** Everybody who takes part, in the order of the tables. */
public final class Field {
    private static final String ON_BORROW = "isValid at each borrow";
    private static final List<String> OURS = List.of("pool-jdbc", "pool-impl", "pool-api");

    private static final List<Entry> ENTRIES = List.of(
            generic("dewpond", true, OURS.subList(1, 3), "none set", DewpondContestant::new),
            generic("limit", true, List.of(), "none", settings -> LimitContestant.ofStubs(settings, false)),
            generic("limit-checked", false, List.of(), "none", settings -> LimitContestant.ofStubs(settings, true)),
            generic("stormpot", true, List.of("stormpot"), "age at each claim", s -> new StormpotContestant(s, true)),
            generic("stormpot-noexpiry", true, List.of("stormpot"), "none", s -> new StormpotContestant(s, false)),
            generic("commons-pool2", false, List.of("commons-pool2"), "none set", CommonsPoolContestant::new),
            generic("vibur", true, List.of("vibur-object-pool"), "none set", ViburContestant::new),
            jdbc("dewpond-jdbc", true, OURS, "isValid if idle for 500 ms", JdbcContestant::dewpond),
            jdbc("limit-jdbc", true, List.of(), "none", LimitContestant::ofConnections),
            jdbc("hikaricp", true, List.of("HikariCP"), "isValid if idle for 500 ms", JdbcContestant::hikari),
            jdbc("agroal", true, List.of("agroal-pool", "agroal-api"), "none", JdbcContestant::agroal),
            jdbc("beecp", true, List.of("beecp"), "isValid if idle for 500 ms", JdbcContestant::bee),
            jdbc(
                    "vibur-dbcp",
                    false,
                    List.of("vibur-dbcp", "vibur-object-pool"),
                    "isValid if idle for 5 s",
                    JdbcContestant::vibur),
            jdbc("tomcat", true, List.of("tomcat-jdbc", "tomcat-juli"), "none", JdbcContestant::tomcat),
            jdbc(
                    "dbcp2",
                    false,
                    List.of("commons-dbcp2", "commons-pool2", "commons-logging", "jakarta.transaction-api"),
                    ON_BORROW,
                    JdbcContestant::dbcp),
            jdbc("c3p0", false, List.of("c3p0", "mchange-commons-java"), "none", JdbcContestant::c3p0),
            jdbc("druid", false, List.of("druid"), "none without a query", JdbcContestant::druid));

    private Field() {}

    public static List<Entry> all() {
        return ENTRIES;
    }

    public static Entry named(String name) {
        return ENTRIES.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contestant is called " + name));
    }

    private static Entry generic(
            String name, boolean quick, List<String> artifacts, String validation, Entry.Opener opener) {
        return new Entry(name, false, quick, artifacts, validation, opener);
    }

    private static Entry jdbc(
            String name, boolean quick, List<String> artifacts, String validation, Entry.Opener opener) {
        return new Entry(name, true, quick, artifacts, validation, opener);
    }
}
