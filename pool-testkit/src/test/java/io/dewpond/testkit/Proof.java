package io.dewpond.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of a class within a test, and tells how they ended. */
final class Proof implements TestExecutionListener {
    private static final Map<String, String> QUIET_JQWIK = Map.of(
            "jqwik.reporting.usejunitplatform", "true",
            "jqwik.shrinking.default", "OFF",
            "jqwik.failures.after.default", "RANDOM_SEED",
            "jqwik.database", "target/jqwik-database-of-broken-pools");

    private final List<String> passed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    private Proof() {}

    /** Runs the tests of a class that have one of the names. */
    static Proof of(Class<?> testClass, List<String> names) {
        Proof proof = new Proof();
        PostDiscoveryFilter named =
                test -> FilterResult.includedIf(!test.isTest() || names.contains(name(test.getDisplayName())));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(testClass))
                .filters(named)
                .configurationParameters(QUIET_JQWIK)
                .build();
        LauncherFactory.create().execute(request, proof);
        return proof;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? passed : failed)
                    .add(name(test.getDisplayName()));
        }
    }

    private static String name(String displayName) {
        return displayName.replace("()", "");
    }

    List<String> passed() {
        return passed;
    }

    List<String> failed() {
        return failed;
    }
}
