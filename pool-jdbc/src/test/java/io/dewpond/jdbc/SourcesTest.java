package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.LendingOrder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.spi.NamingManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ways to say where to connect, none of which tells a password to anybody else. */
@Tag("J45")
class SourcesTest {
    private static Properties h2() {
        Properties properties = new Properties();
        properties.setProperty("url", "jdbc:h2:mem:sources");
        return properties;
    }

    private static String refused(Properties properties) {
        return assertThrows(IllegalArgumentException.class, () -> JdbcPoolConfig.from(properties))
                .getMessage();
    }

    // ---- properties

    @Test
    void everySettingThatATextCanSayIsReadByItsName() throws Exception {
        Map<Class<?>, Map.Entry<String, Object>> samples = Map.of(
                int.class, Map.entry("7", 7),
                boolean.class, Map.entry("true", true),
                String.class, Map.entry("sample", "sample"),
                LendingOrder.class, Map.entry("lifo", LendingOrder.LIFO),
                Duration.class, Map.entry("77s", Duration.ofSeconds(77)));
        int read = 0;
        for (Method setter : JdbcPoolConfig.class.getMethods()) {
            if (setter.getReturnType() != JdbcPoolConfig.class
                    || setter.getParameterCount() != 1
                    || Modifier.isStatic(setter.getModifiers())
                    || !samples.containsKey(setter.getParameterTypes()[0])) {
                continue;
            }
            Map.Entry<String, Object> sample = samples.get(setter.getParameterTypes()[0]);
            Properties properties = h2();
            properties.setProperty(setter.getName(), sample.getKey());
            JdbcPoolConfig config = JdbcPoolConfig.from(properties);
            Object set = setter.getName().equals("password")
                    ? config.password()
                    : JdbcPoolConfig.class.getMethod(setter.getName()).invoke(config);
            assertEquals(sample.getValue(), set, setter.getName());
            read++;
        }
        assertEquals(44, read);
    }

    @Test
    void durationsIsolationsAndPropertiesOfTheDriverAreRead() {
        for (Map.Entry<String, Duration> text : Map.of(
                        "500ms", Duration.ofMillis(500),
                        "30 s", Duration.ofSeconds(30),
                        "10m", Duration.ofMinutes(10),
                        "2h", Duration.ofHours(2),
                        "1d", Duration.ofDays(1),
                        "PT1M30S", Duration.ofSeconds(90),
                        "0", Duration.ZERO)
                .entrySet()) {
            Properties properties = h2();
            properties.setProperty("maxLifetime", text.getKey());
            assertEquals(text.getValue(), JdbcPoolConfig.from(properties).maxLifetime());
        }
        Properties properties = new Properties(h2());
        properties.setProperty("isolation", "read_committed");
        properties.setProperty("property.MODE", "Oracle");
        JdbcPoolConfig config = JdbcPoolConfig.from(properties);
        assertEquals(Connection.TRANSACTION_READ_COMMITTED, config.isolation());
        assertEquals(Map.of("MODE", "Oracle"), config.properties());
        assertEquals("jdbc:h2:mem:sources", config.url(), "from the defaults");
    }

    @Test
    void whatIsNotUnderstoodIsRefusedByNameAndAllAtOnce() {
        Properties properties = new Properties();
        properties.setProperty("maxPoolSize", "hush");
        properties.setProperty("property.", "hush");
        properties.setProperty("maxSize", "ten");
        properties.setProperty("failFast", "yes");
        properties.setProperty("isolation", "snapshot");
        properties.setProperty("warmUp", "30");
        properties.put("minIdle", 3);
        String message = refused(properties);
        for (String part : List.of(
                "url is missing",
                "'maxPoolSize' is no setting",
                "'property.' is no setting",
                "maxSize is 'ten', but must be a whole number",
                "failFast is 'yes', but must be true or false",
                "isolation is 'snapshot', but must be 1, 2, 4, 8 or one of READ_COMMITTED",
                "warmUp is '30', but must be a duration",
                "'minIdle' is no text")) {
            assertTrue(message.contains(part), message);
        }
        assertFalse(message.contains("hush"), message);
    }

    // ---- a driver by its class

    @Test
    void driverOfANamedClassConnects() throws SQLException {
        JdbcPoolConfig config = JdbcPoolConfig.from(h2()).driverClass("org.h2.Driver");
        try (PooledDataSource ds = PooledDataSource.open(config);
                Connection connection = ds.getConnection()) {
            assertEquals("H2", connection.getMetaData().getDatabaseProductName());
        }
    }

    @Test
    void driverThatCannotBeMadeOrTakesNoSuchUrlIsRefused() {
        for (String name : List.of("no.such.Driver", "java.lang.String", "java.sql.Driver", "org.postgresql.Driver")) {
            assertEquals(
                    List.of("driverClass is '" + name
                            + "', but must be the name of a driver that can be made and accepts jdbc:h2:mem:sources"),
                    JdbcPoolConfig.from(h2()).driverClass(name).problems());
        }
    }

    // ---- JNDI

    private static Reference reference(String type, Map<String, String> settings) {
        Reference reference = new Reference(type, PooledDataSourceFactory.class.getName(), null);
        settings.forEach((name, value) -> reference.add(new StringRefAddr(name, value)));
        return reference;
    }

    @Test
    void referenceBecomesAPool() throws Exception {
        Reference reference = reference(
                "javax.sql.DataSource",
                Map.of("url", "jdbc:h2:mem:jndi", "maxSize", "3", "auth", "Container", "singleton", "true"));
        try (PooledDataSource ds = (PooledDataSource) NamingManager.getObjectInstance(reference, null, null, null)) {
            assertEquals(3, ds.config().maxSize());
            ds.getConnection().close();
        }
    }

    @Test
    void referenceToSomethingElseIsLeftToOthersAndABadOneRefused() throws NamingException {
        PooledDataSourceFactory factory = new PooledDataSourceFactory();
        assertNull(factory.getObjectInstance("text", null, null, null));
        assertNull(factory.getObjectInstance(reference("java.lang.String", Map.of()), null, null, null));
        Reference unknown = reference("javax.sql.DataSource", Map.of("url", "jdbc:h2:mem:jndi", "maxActive", "hush"));
        NamingException refused =
                assertThrows(NamingException.class, () -> factory.getObjectInstance(unknown, null, null, null));
        assertTrue(refused.getMessage().contains("'maxActive' is no setting"), refused.getMessage());
        assertFalse(refused.getMessage().contains("hush"), refused.getMessage());
        Reference bad = reference("javax.sql.DataSource", Map.of("url", "jdbc:h2:mem:jndi", "maxSize", "0"));
        NamingException outOfRange =
                assertThrows(NamingException.class, () -> factory.getObjectInstance(bad, null, null, null));
        assertTrue(outOfRange.getMessage().contains("maxSize is 0"), outOfRange.getMessage());
    }
}
