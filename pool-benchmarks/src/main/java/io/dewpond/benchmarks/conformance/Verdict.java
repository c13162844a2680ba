package io.dewpond.benchmarks.conformance;

/** What came of a case. */
enum Verdict {
    PASS("✓"),
    FAIL("✗"),
    HANG("hang"),
    /** The pool doesn't offer what the case is about. */
    NOT_OFFERED("–"),
    /** The program's own fault: nothing was judged. */
    ERROR("error");

    private final String mark;

    Verdict(String mark) {
        this.mark = mark;
    }

    /** How it stands in the table. */
    String mark() {
        return mark;
    }
}
