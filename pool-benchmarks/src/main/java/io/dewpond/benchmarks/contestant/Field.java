package io.dewpond.benchmarks.contestant;

import java.util.List;

/** Everybody who takes part, in the order of the tables. */
public final class Field {
    private static final String ON_BORROW = "isValid at each borrow";

    private static final List<Entry> ENTRIES = List.of(
            generic("dewpond", true, "none set", DewpondContestant::new),
            generic("limit", true, "none", settings -> LimitContestant.ofStubs(settings, false)),
            generic("limit-checked", false, "none", settings -> LimitContestant.ofStubs(settings, true)),
            generic("stormpot", true, "age, by clock, at each claim", s -> new StormpotContestant(s, true)),
            generic("stormpot-noexpiry", true, "none", settings -> new StormpotContestant(settings, false)),
            generic("commons-pool2", false, "none set", CommonsPoolContestant::new),
            generic("vibur", true, "none set", ViburContestant::new),
            jdbc("dewpond-jdbc", true, "isValid if idle for 500 ms", JdbcContestant::dewpond),
            jdbc("limit-jdbc", true, "none", LimitContestant::ofConnections),
            jdbc("hikaricp", true, "isValid if idle for 500 ms", JdbcContestant::hikari),
            jdbc("agroal", true, "none", JdbcContestant::agroal),
            jdbc("beecp", true, "isValid if idle for 500 ms", JdbcContestant::bee),
            jdbc("vibur-dbcp", false, "isValid if idle for 5 s", JdbcContestant::vibur),
            jdbc("tomcat", true, "none", JdbcContestant::tomcat),
            jdbc("dbcp2", false, ON_BORROW, JdbcContestant::dbcp),
            jdbc("c3p0", false, "none", JdbcContestant::c3p0),
            jdbc("druid", false, "isValid if idle for 60 s", JdbcContestant::druid));

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

    private static Entry generic(String name, boolean quick, String validation, Entry.Opener opener) {
        return new Entry(name, false, quick, validation, opener);
    }

    private static Entry jdbc(String name, boolean quick, String validation, Entry.Opener opener) {
        return new Entry(name, true, quick, validation, opener);
    }
}
