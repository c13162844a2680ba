package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.CreationFailedException;
import io.dewpond.EvictionPolicy;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.Validator;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to testing, compiled and run. */
final class GuideTest {
    @TempDir
    static Path folder;

    // snippet:subjects
    static ObjectFactory<RandomAccessFile> files() {
        return ObjectFactory.of(
                () -> new RandomAccessFile(
                        Files.createTempFile(folder, "scratch", "").toFile(), "rw"),
                RandomAccessFile::close);
    }

    static Validator<RandomAccessFile> readable() {
        return file -> file.length() >= 0;
    }

    static EvictionPolicy<RandomAccessFile> wornOut() {
        return (file, info) -> info.leases() > 1_000 || info.age().toHours() >= 6;
    }
    // end:subjects

    @Nested
    // snippet:factory
    class FilesTest extends FactoryContract<RandomAccessFile> {
        @Override
        protected ObjectFactory<RandomAccessFile> factory() {
            return files();
        }
    }
    // end:factory

    @Nested
    // snippet:validator
    class ReadableTest extends ValidatorContract<RandomAccessFile> {
        @Override
        protected Validator<RandomAccessFile> validator() {
            return readable();
        }

        @Override
        protected RandomAccessFile create() throws Exception {
            return files().create();
        }

        @Override
        protected void breakDown(RandomAccessFile file) throws IOException {
            file.close();
        }
    }
    // end:validator

    // snippet:policy
    @Test
    void fileIsWornOutAfterAThousandLeasesOrSixHours() throws Exception {
        try (RandomAccessFile file = files().create()) {
            FixedObjectInfo fresh = FixedObjectInfo.fresh();
            assertFalse(wornOut().shouldEvict(file, fresh.leases(1_000)));
            assertTrue(wornOut().shouldEvict(file, fresh.leases(1_001)));
            assertTrue(wornOut().shouldEvict(file, fresh.age(Duration.ofHours(6))));
        }
    }
    // end:policy

    // snippet:clock
    private final ManualTicker ticker = new ManualTicker();
    private final ScriptedFactory factory = new ScriptedFactory();

    @RegisterExtension
    private final InvariantChecker checker = new InvariantChecker("reference-");

    private Pool<Resource> open(PoolConfig<Resource> config) {
        checker.watch(factory);
        return checker.watch(ReferencePool.open(config.ticker(ticker)));
    }

    @Test
    void objectOfAnHourIsReplaced() throws InterruptedException {
        Pool<Resource> pool =
                open(PoolConfig.of(factory).evictionPolicy(EvictionPolicy.olderThan(Duration.ofHours(1))));
        Resource old = pool.use(resource -> resource);
        ticker.advance(Duration.ofHours(1));
        assertNotSame(old, pool.use(resource -> resource));
    }
    // end:clock

    // snippet:script
    @Test
    void borrowerLearnsWhyNothingCanBeCreated() {
        factory.creations().next(Step.fail(new IOException("host unreachable")));
        Pool<Resource> pool = open(PoolConfig.of(factory).failFast(true));
        CreationFailedException failure = assertThrows(CreationFailedException.class, pool::acquire);
        assertEquals("host unreachable", failure.getCause().getMessage());
    }

    @Test
    void slowCreationDoesNotDelayARelease() throws Exception {
        Gate gate = new Gate();
        factory.creations().next(Step.succeed()).next(Step.pass(gate));
        Pool<Resource> pool = open(PoolConfig.of(factory).maxSize(2));
        Lease<Resource> held = pool.acquire();
        assertTrue(pool.tryAcquire().isEmpty());
        gate.awaitArrivals(1, Duration.ofSeconds(10));
        held.close();
        pool.acquire().close();
        gate.open();
    }
    // end:script
}
