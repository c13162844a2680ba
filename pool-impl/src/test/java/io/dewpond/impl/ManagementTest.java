package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolMXBean;
import io.dewpond.PoolStats;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@Tag("G72")
class ManagementTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final PoolConfig<Object> config = PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
            .name("managed")
            .maxSize(3)
            .registerMXBean(true);

    private static ObjectName name(String text) throws JMException {
        return new ObjectName(text);
    }

    @Test
    void beanTellsTheNumbersAndTakesOrders() throws Exception {
        ObjectName name = name("io.dewpond:type=Pool,name=managed");
        try (Pool<Object> pool = Pools.open(config)) {
            PoolMXBean bean = JMX.newMXBeanProxy(SERVER, name, PoolMXBean.class);
            Lease<Object> lease = pool.acquire();
            assertEquals("managed", bean.getName());
            assertEquals(3, bean.getMaxSize());
            assertEquals(1, bean.getLeased());
            assertEquals(1, bean.getAcquired());
            assertTrue(bean.getDescription()
                    .contains("lent to " + Thread.currentThread().getName()));
            bean.resize(1, 2);
            assertEquals(2, pool.stats().maxSize());
            assertEquals(1, bean.getMinIdle());
            bean.suspend();
            assertTrue(bean.isSuspended());
            assertTrue(pool.tryAcquire().isEmpty());
            bean.resume();
            assertFalse(pool.stats().suspended());
            bean.resize(0, 2);
            bean.refresh();
            lease.close();
            Awaitility.await().until(() -> pool.stats().total() == 0);
            pool.acquire().close();
            assertEquals(1, bean.getIdle());
            bean.evictIdle();
            Awaitility.await().until(() -> pool.stats().total() == 0);
            assertEquals(bean.getCreated(), bean.getDestroyed());
        }
        assertFalse(SERVER.isRegistered(name));
    }

    @Test
    void everyAttributeIsThatOfTheStatistics() throws Exception {
        Map<DestroyReason, Long> destructions = Map.of(DestroyReason.INVALID, 20L);
        PoolStats stats = new PoolStats(
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, true, destructions, Map.of("old", 21L));
        Pool<?> pool = (Pool<?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Pool.class}, (proxy, method, arguments) -> stats);
        PoolMXBean bean = new ManagedPool(pool);
        for (var component : PoolStats.class.getRecordComponents()) {
            String attribute = component.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                    + component.getName().substring(1);
            String getter = (component.getType() == boolean.class ? "is" : "get") + attribute;
            assertEquals(
                    component.getAccessor().invoke(stats),
                    PoolMXBean.class.getMethod(getter).invoke(bean),
                    attribute);
        }
    }

    @Test
    void nothingIsRegisteredUnlessAskedFor() throws JMException {
        try (Pool<Object> pool = Pools.open(config.registerMXBean(false))) {
            assertEquals(Set.of(), SERVER.queryNames(name("io.dewpond:*"), null), pool::toString);
        }
    }

    @Test
    void secondPoolOfANameIsRefusedAndLeavesTheFirstAlone() throws Exception {
        try (Pool<Object> first = Pools.open(config)) {
            IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> Pools.open(config.minIdle(1)));
            assertTrue(
                    refusal.getMessage()
                            .startsWith(
                                    "Pool 'managed' can't be opened: registerMXBean is true, but another pool of that "
                                            + "name is registered"),
                    refusal::getMessage);
            first.acquire().close();
            assertTrue(SERVER.isRegistered(name("io.dewpond:type=Pool,name=managed")));
        }
        Pools.open(config).close();
    }

    @Test
    void poolThatIsNotOpenedAfterAllIsNotRegistered() throws JMException {
        PoolConfig<Object> failing = config.factory(ObjectFactory.of(
                        () -> {
                            throw new IllegalStateException("refused");
                        },
                        object -> {}))
                .minIdle(1)
                .failFast(true)
                .warmUp(Duration.ofSeconds(10));
        assertThrows(CreationFailedException.class, () -> Pools.open(failing));
        assertFalse(SERVER.isRegistered(name("io.dewpond:type=Pool,name=managed")));
    }

    @Test
    void drainingPoolIsStillShown() throws Exception {
        ObjectName name = name("io.dewpond:type=Pool,name=managed");
        Pool<Object> pool = Pools.open(config);
        Lease<Object> lease = pool.acquire();
        var end = pool.control().shutdown(Duration.ofMinutes(1));
        assertEquals(1, SERVER.getAttribute(name, "Leased"));
        lease.close();
        end.get(10, TimeUnit.SECONDS);
        assertFalse(SERVER.isRegistered(name));
    }

    @Test
    void nameIsQuotedIfItHasToBe() throws Exception {
        String odd = "a,b=\"c\":*?\n";
        try (Pool<Object> pool = Pools.open(config.name(odd))) {
            ObjectName name = name("io.dewpond:type=Pool,name=" + ObjectName.quote(odd));
            assertEquals(odd, SERVER.getAttribute(name, "Name"), pool::toString);
        }
        assertEquals("my pool", Management.nameOf("my pool").getKeyProperty("name"));
    }

    @Test
    void withoutTheModulePoolsWorkUnlessTheyAskForIt() throws Exception {
        List<Class<?>> needed = List.of(WithoutManagement.class, Pools.class, Pool.class, LoggerFactory.class);
        String path = needed.stream().map(ManagementTest::home).distinct().collect(Collectors.joining(separator()));
        List<String> command = Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base",
                        "-cp",
                        path,
                        WithoutManagement.class.getName())
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertEquals(
                List.of(
                        "lent: thing",
                        "Pool 'managed' can't be opened: registerMXBean is true, but the module java.management is not "
                                + "there"),
                said.lines().toList());
    }

    private static String separator() {
        return System.getProperty("path.separator");
    }

    private static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
