package io.dewpond.jta;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What neither the module system nor the compiler sees, for the contract, the engine, JDBC and what builds on it: this
 * module is the last of them, and has them all on its path.
 */
class HouseRulesTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importLocations(ModuleLayer.boot().configuration().modules().stream()
                    .filter(module -> module.name().startsWith("io.dewpond"))
                    .map(module -> Location.of(module.reference().location().orElseThrow()))
                    .collect(toSet()));

    @Test
    void allModulesAreLookedAt() {
        for (String module : List.of("Pool", "impl.Pools", "jdbc.PooledDataSource", "jta.JtaDataSource")) {
            assertTrue(MAIN.contain("io.dewpond." + module), module);
        }
    }

    @Test
    void nothingIsKeptInThreads() {
        mainCode().dependOnClassesThat().areAssignableTo(ThreadLocal.class).check(MAIN);
    }

    @Test
    void nobodySleepsOrYields() {
        mainCode().accessTargetWhere(oneOf(Thread.class, "sleep", "yield")).check(MAIN);
    }

    @Test
    void onlyTheSystemTickerReadsAClock() {
        DescribedPredicate<JavaAccess<?>> clocks = oneOf(System.class, "nanoTime", "currentTimeMillis")
                .or(describe(
                        "now",
                        access -> access.getTargetOwner().getPackageName().equals("java.time")
                                && Set.of("now", "systemUTC", "systemDefaultZone")
                                        .contains(access.getName())));
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.dewpond.SystemTicker")
                .should()
                .accessTargetWhere(clocks)
                .check(MAIN);
    }

    @Test
    void nothingOfTheWholeJvmIsChanged() {
        mainCode()
                .accessTargetWhere(oneOf(System.class, "setProperty", "clearProperty", "exit", "setOut", "setErr")
                        .or(oneOf(Runtime.class, "addShutdownHook", "exit", "halt"))
                        .or(oneOf(Thread.class, "setDefaultUncaughtExceptionHandler"))
                        .or(oneOf(
                                java.sql.DriverManager.class,
                                "setLoginTimeout",
                                "setLogWriter",
                                "registerDriver",
                                "deregisterDriver")))
                .check(MAIN);
    }

    @Test
    void theOnlyLogIsSlf4j() {
        mainCode()
                .accessTargetWhere(describe(
                        "java.util.logging or System.Logger",
                        access -> access.getTargetOwner().getPackageName().equals("java.util.logging")
                                || access.getTargetOwner().isAssignableTo(System.Logger.class)))
                .check(MAIN);
    }

    @Test
    void theEngineShowsPoolsAlone() {
        classes()
                .that()
                .resideInAPackage("io.dewpond.impl")
                .and()
                .arePublic()
                .should()
                .haveFullyQualifiedName("io.dewpond.impl.Pools")
                .check(MAIN);
    }

    @Test
    void aNameSaysWhatAThingIs() {
        mainCode()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveNameMatching(".*(Impl|Helper|Utils?|Manager)")
                .check(MAIN);
    }

    private static ClassesShould mainCode() {
        return noClasses().should();
    }

    private static DescribedPredicate<JavaAccess<?>> oneOf(Class<?> owner, String... methods) {
        Set<String> names = Set.of(methods);
        return describe(
                owner.getSimpleName() + " " + names,
                access -> access.getTargetOwner().isEquivalentTo(owner) && names.contains(access.getName()));
    }
}
