package io.dewpond;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What neither the module system nor the compiler sees. */
class HouseRulesTest {
    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone");
    private static final Set<String> IDLING = Set.of("java.lang.Thread.sleep", "java.lang.Thread.yield");

    private static final JavaClasses MAIN = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void nothingIsKeptInThreads() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(MAIN);
    }

    @Test
    void nobodySleepsOrYields() {
        noClasses()
                .should()
                .accessTargetWhere(describe("a thread idles", access -> IDLING.contains(target(access))))
                .check(MAIN);
    }

    @Test
    void onlyTheSystemTickerReadsAClock() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(SystemTicker.class)
                .should()
                .accessTargetWhere(describe("a clock is read", access -> CLOCKS.contains(target(access))))
                .check(MAIN);
    }

    private static String target(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }
}
