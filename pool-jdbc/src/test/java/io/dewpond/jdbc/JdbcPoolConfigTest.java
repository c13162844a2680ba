package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AdmissionPolicy;
import io.dewpond.LendingOrder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a configuration takes, refuses, tells and keeps to itself. */
class JdbcPoolConfigTest {
    private static final JdbcPoolConfig H2 =
            JdbcPoolConfig.of("jdbc:h2:mem:config").name("shop");
    private static final DataSource DATA_SOURCE = new DirectDataSource("jdbc:h2:mem:config");
    private static final JdbcPoolConfig OVER_A_DATA_SOURCE = JdbcPoolConfig.of(DATA_SOURCE);
    private static final JdbcPoolConfig OVER_A_FACTORY = JdbcPoolConfig.of(() -> new RecordingDriver().connection());

    private static final JdbcPoolConfig OVER_XA = JdbcPoolConfig.ofXa(new JdbcDataSource());

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(H2.maxSize(0), "maxSize is 0, but must be at least 1"),
                Arguments.of(H2.minIdle(-1), "minIdle is -1, but must be at least 0"),
                Arguments.of(H2.minIdle(11), "minIdle is 11, but must be at most maxSize (10)"),
                Arguments.of(H2.maxWaiters(-1), "maxWaiters is -1"),
                Arguments.of(H2.maxConcurrentCreations(0), "maxConcurrentCreations is 0"),
                Arguments.of(H2.name(" "), "name is ' '"),
                Arguments.of(H2.acquireTimeout(Duration.ofMillis(-1)), "acquireTimeout is PT-0.001S"),
                Arguments.of(H2.acquireTimeout(Duration.ofSeconds(Long.MAX_VALUE)), "acquireTimeout is PT"),
                Arguments.of(H2.createTimeout(Duration.ZERO), "createTimeout is PT0S"),
                Arguments.of(H2.validationTimeout(Duration.ZERO), "validationTimeout is PT0S"),
                Arguments.of(H2.destroyTimeout(Duration.ZERO), "destroyTimeout is PT0S"),
                Arguments.of(H2.drainTimeout(Duration.ofNanos(-1)), "drainTimeout is PT-0.000000001S"),
                Arguments.of(H2.maintenanceInterval(Duration.ZERO), "maintenanceInterval is PT0S"),
                Arguments.of(H2.overdueAfter(Duration.ofSeconds(-1)), "overdueAfter is PT-1S"),
                Arguments.of(H2.reclaimAfter(Duration.ofSeconds(-1)), "reclaimAfter is PT-1S"),
                Arguments.of(H2.siteSampling(-1), "siteSampling is -1"),
                Arguments.of(H2.warmUp(Duration.ofSeconds(-1)), "warmUp is PT-1S"),
                Arguments.of(H2.warmUp(Duration.ofSeconds(1)), "warmUp is PT1S, but must be zero where minIdle is 0"),
                Arguments.of(H2.retryDelay(Duration.ZERO), "retryDelay is PT0S"),
                Arguments.of(H2.maxRetryDelay(Duration.ofMillis(1)), "maxRetryDelay is PT0.001S"),
                Arguments.of(H2.validateAfterIdle(Duration.ofSeconds(-1)), "validateAfterIdle is PT-1S"),
                Arguments.of(H2.validateEvery(Duration.ofSeconds(-1)), "validateEvery is PT-1S"),
                Arguments.of(
                        H2.maxLifetime(Duration.ofNanos(1)),
                        "maxLifetime is PT0.000000001S, but must be zero or at least PT0.001S"),
                Arguments.of(H2.maxLifetime(Duration.ofDays(36_501)), "maxLifetime is PT876024H, but must be at most"),
                Arguments.of(H2.maxLifetime(Duration.ofSeconds(Long.MAX_VALUE)), "maxLifetime is PT"),
                Arguments.of(H2.idleTimeout(Duration.ofSeconds(-1)), "idleTimeout is PT-1S"),
                Arguments.of(
                        H2.idleTimeout(Duration.ofMinutes(30)),
                        "idleTimeout is PT30M, but must be less than maxLifetime (PT30M)"),
                Arguments.of(H2.isolation(3), "isolation is 3, but must be 1, 2, 4 or 8"),
                Arguments.of(H2.isolation(Connection.TRANSACTION_NONE), "isolation is 0"),
                Arguments.of(H2.catalog(" "), "catalog is ' '"),
                Arguments.of(H2.schema(""), "schema is ''"),
                Arguments.of(H2.resetStatement(" "), "resetStatement is ' ', but must not be blank"),
                Arguments.of(
                        H2.connectionInitSql(List.of("set x", "")), "connectionInitSql is '', but must not be blank"),
                Arguments.of(H2.statementCacheSize(-1), "statementCacheSize is -1, but must be 0 to 10000"),
                Arguments.of(H2.statementCacheSize(10_001), "statementCacheSize is 10001"),
                Arguments.of(
                        H2.statementCacheSize(1).resetStatement("DISCARD ALL"),
                        "statementCacheSize is 1, but must be 0 where resetStatement is set"),
                Arguments.of(
                        H2.statementCacheSize(1).connectionReset(connection -> {}),
                        "statementCacheSize is 1, but must be 0 where connectionReset is set"),
                Arguments.of(H2.slowStatementAfter(Duration.ofSeconds(-1)), "slowStatementAfter is PT-1S"),
                Arguments.of(H2.slowStatementAfter(Duration.ofDays(99_999)), "slowStatementAfter is PT2399976H"),
                Arguments.of(
                        H2.slowStatementAfter(Duration.ofSeconds(1)),
                        "slowStatementAfter is PT1S, but must be zero where there is no listener"),
                Arguments.of(H2.refusedRetryDelay(Duration.ofSeconds(-1)), "refusedRetryDelay is PT-1S"),
                Arguments.of(
                        H2.credentials(CredentialsProvider.of("ann", "hush")).user("ann"),
                        "credentials is set, but must not be where user or password is set too"),
                Arguments.of(
                        H2.credentials(CredentialsProvider.of("ann", "hush")).property("user", "ann"),
                        "credentials is set, but must not be where the properties name a user"),
                Arguments.of(
                        JdbcPoolConfig.of("jdbc:h2:mem:x;USER=ann;PASSWORD=hush")
                                .credentials(CredentialsProvider.of("ann", "hush")),
                        "credentials is set, but must not be where the url names a user or password"),
                Arguments.of(
                        OVER_A_FACTORY.credentials(CredentialsProvider.of("ann", "hush")),
                        "credentials is set, but must not be where a ConnectionFactory connects"),
                Arguments.of(H2.usersMaxTotal(-1), "usersMaxTotal is -1, but must be at least 0"),
                Arguments.of(
                        JdbcPoolConfig.of("jdbc:h2:mem:x;USER=ann").usersMaxTotal(4),
                        "usersMaxTotal is 4, but must be 0 where the url names a user or password"),
                Arguments.of(
                        OVER_A_FACTORY.usersMaxTotal(4),
                        "usersMaxTotal is 4, but must be 0 where a ConnectionFactory connects: it is told no user"),
                Arguments.of(
                        OVER_A_DATA_SOURCE.driverClass("org.h2.Driver"),
                        "driverClass is 'org.h2.Driver', but must not be set where a DataSource connects"),
                Arguments.of(H2.validationQuery(" "), "validationQuery is ' '"),
                Arguments.of(JdbcPoolConfig.of("mysql://host"), "url is 'mysql://host', but must begin with 'jdbc:'"),
                Arguments.of(
                        JdbcPoolConfig.of("jdbc:nobody:x"),
                        "url is 'jdbc:nobody:x', but must be one that a driver accepts; there are [com.mysql.cj.jdbc.Driver, org.h2.Driver"),
                Arguments.of(
                        JdbcPoolConfig.of("jdbc:h2:mem:x;USER=ann").user("bob"),
                        "user is 'bob', but must not be set where the url names a user"),
                Arguments.of(
                        JdbcPoolConfig.of("jdbc:postgresql://host/db?user=ann&password=hush")
                                .password("x"),
                        "password is set, but must not be where the url holds one"),
                Arguments.of(
                        H2.user("ann").property("user", "bob"),
                        "property 'user' is set, but must not be where user is set too"),
                Arguments.of(
                        OVER_A_FACTORY.user("ann"), "user is 'ann', but must not be set where a ConnectionFactory"),
                Arguments.of(OVER_A_FACTORY.password("hush"), "password is set, but must not"),
                Arguments.of(OVER_A_FACTORY.property("ssl", "true"), "properties is [ssl], but must be empty"),
                Arguments.of(OVER_A_DATA_SOURCE.property("ssl", "true"), "properties is [ssl], but must be empty"),
                Arguments.of(OVER_A_DATA_SOURCE.password("hush"), "password is set, but must be set together"),
                Arguments.of(OVER_A_DATA_SOURCE.user("ann"), "user is set, but must be set together"),
                Arguments.of(OVER_XA.user("ann"), "be set together with the other where an XADataSource connects"),
                Arguments.of(
                        OVER_XA.property("ssl", "true"),
                        "properties is [ssl], but must be empty where an XADataSource connects"),
                Arguments.of(OVER_XA.driverClass("org.h2.Driver"), "must not be set where an XADataSource connects"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeIsRefusedWithSettingValueAndBound(JdbcPoolConfig config, String said) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> PooledDataSource.open(config));
        assertTrue(refused.getMessage().contains(said), refused.getMessage());
        assertFalse(refused.getMessage().contains("hush"), refused.getMessage());
        assertEquals(1, config.problems().size(), config.problems().toString());
    }

    @Test
    void allMistakesAreToldAtOnce() {
        JdbcPoolConfig config = H2.maxSize(0).isolation(3).maxLifetime(Duration.ofSeconds(-1));
        String message = assertThrows(IllegalArgumentException.class, () -> PooledDataSource.open(config))
                .getMessage();
        for (String part : List.of("'shop'", "maxSize is 0", "isolation is 3", "maxLifetime is PT-1S")) {
            assertTrue(message.contains(part), message);
        }
        assertEquals(3, config.problems().size(), message);
    }

    @Test
    void everySettingRefusesNullAtOnce() throws Exception {
        for (Method method : JdbcPoolConfig.class.getMethods()) {
            if (method.getReturnType() == JdbcPoolConfig.class
                    && method.getParameterCount() == 1
                    && !method.getParameterTypes()[0].isPrimitive()) {
                assertThrows(
                        NullPointerException.class,
                        () -> RecordingDriver.call(H2, method, new Object[] {null}),
                        method.toString());
            }
        }
        assertThrows(NullPointerException.class, () -> H2.property("name", null));
        assertThrows(NullPointerException.class, () -> PooledDataSource.open(null));
    }

    /** The name with an argument sets and without one reads; the configuration it was called on stays as it was. */
    @Test
    void everySettingIsReadAsItWasSetOnACopy() throws Throwable {
        ConnectionCustomizer customizer = connection -> {};
        ErrorClassifier classifier = failure -> ErrorClassifier.Verdict.KEEP;
        Map<Class<?>, Object> samples = Map.ofEntries(
                Map.entry(List.class, List.of("sample")),
                Map.entry(ConnectionCustomizer.class, customizer),
                Map.entry(JdbcListener.class, new JdbcListener() {}),
                Map.entry(ErrorClassifier.class, classifier),
                Map.entry(CredentialsProvider.class, CredentialsProvider.of("ann", "hush")),
                Map.entry(int.class, 7),
                Map.entry(boolean.class, true),
                Map.entry(String.class, "sample"),
                Map.entry(Duration.class, Duration.ofSeconds(77)),
                Map.entry(Map.class, Map.of("name", "value")),
                Map.entry(AdmissionPolicy.class, AdmissionPolicy.codel(Duration.ofMillis(20), Duration.ofMillis(200))),
                Map.entry(LendingOrder.class, LendingOrder.LIFO));
        int checked = 0;
        for (Method setter : JdbcPoolConfig.class.getMethods()) {
            if (setter.getReturnType() != JdbcPoolConfig.class
                    || setter.getParameterCount() != 1
                    || Modifier.isStatic(setter.getModifiers())
                    || setter.getName().equals("password")) {
                continue;
            }
            Method getter = JdbcPoolConfig.class.getMethod(setter.getName());
            Object before = getter.invoke(H2);
            Object sample = samples.get(setter.getParameterTypes()[0]);
            Object changed = setter.invoke(H2, sample);
            assertEquals(sample, getter.invoke(changed), setter.getName());
            assertEquals(before, getter.invoke(H2), setter.getName());
            checked++;
        }
        assertEquals(51, checked);
    }

    @Test
    void idleTimeoutFollowsAShortLifetimeUntilItIsSet() {
        assertEquals(Duration.ofMinutes(10), H2.idleTimeout());
        assertEquals(Duration.ZERO, H2.maxLifetime(Duration.ofMinutes(5)).idleTimeout());
        assertEquals(Duration.ofMinutes(10), H2.maxLifetime(Duration.ZERO).idleTimeout());
        assertEquals(
                Duration.ofMinutes(1),
                H2.maxLifetime(Duration.ofMinutes(5))
                        .idleTimeout(Duration.ofMinutes(1))
                        .idleTimeout());
        assertEquals(List.of(), H2.maxLifetime(Duration.ofMinutes(5)).problems());
    }

    @Test
    void sourcesExcludeEachOther() {
        assertEquals("jdbc:h2:mem:config", H2.url());
        assertNull(H2.dataSource());
        assertNull(H2.connectionFactory());
        assertEquals(DATA_SOURCE, OVER_A_DATA_SOURCE.dataSource());
        assertNull(OVER_A_DATA_SOURCE.url());
        assertNull(OVER_A_DATA_SOURCE.xaDataSource());
        assertTrue(OVER_XA.xaDataSource() instanceof JdbcDataSource);
        assertNull(OVER_XA.dataSource());
        assertTrue(OVER_XA.toString().contains("xaDataSource=org.h2.jdbcx.JdbcDataSource"), OVER_XA.toString());
    }

    // ---- secrets

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://host/db?user=ann&password=hush&ssl=true | jdbc:postgresql://host/db?user=ann&password=***&ssl=true
            jdbc:postgresql://host/db?sslpassword=hush                | jdbc:postgresql://host/db?sslpassword=***
            jdbc:h2:mem:x;USER=sa;PASSWORD=hush;MODE=Oracle            | jdbc:h2:mem:x;USER=sa;PASSWORD=***;MODE=Oracle
            jdbc:sqlserver://host;password={hu;trustStorePassword=hush | jdbc:sqlserver://host;password=***;trustStorePassword=***
            jdbc:mysql://ann:hush@host/db                              | jdbc:mysql://***@host/db
            jdbc:mysql://ann:hu@sh@host/db                             | jdbc:mysql://***@host/db
            jdbc:oracle:thin:scott/hush@//host:1521/service            | jdbc:oracle:thin:***@//host:1521/service
            jdbc:oracle:thin:@//host:1521/service                      | jdbc:oracle:thin:@//host:1521/service
            jdbc:h2:mem:plain                                          | jdbc:h2:mem:plain
            """)
    void passwordsInUrlsAreHidden(String url, String hidden) {
        assertEquals(hidden, Secrets.hide(url));
    }

    @Test
    void secretsOfAConfigurationAreItsPasswordsAndNotItsUser() {
        SQLException said = new SQLException("user sa, password hush, store key, ssl true");
        assertEquals(
                "user sa, password ***, store ***, ssl true",
                Connecting.secrets(H2.user("sa")
                                .password("hush")
                                .property("trustStorePassword", "key")
                                .property("ssl", "true"))
                        .withoutSecrets(said)
                        .getMessage());
        assertEquals(said, Connecting.secrets(H2.user("sa").password("sa")).withoutSecrets(said));
        assertEquals(said, Connecting.secrets(H2.password("")).withoutSecrets(said));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://host/db?user=ann&password=hush&ssl=true | hush
            jdbc:mysql://ann:hu@sh@host/db                            | hu@sh
            jdbc:oracle:thin:scott/hush@//host:1521/service           | hush
            jdbc:h2:mem:x;USER=sa;PASSWORD=hush;MODE=Oracle           | hush
            jdbc:postgresql://host/db?user=ann&password=ann           |
            jdbc:h2:mem:plain                                         |
            """)
    @Tag("J45")
    void passwordsInUrlsAreFound(String url, String password) {
        assertEquals(password == null ? Set.of() : Set.of(password), Secrets.in(url));
    }

    @Test
    void configurationPrintsNoPassword() {
        JdbcPoolConfig config = JdbcPoolConfig.of("jdbc:h2:mem:x;PASSWORD=hush")
                .user("ann")
                .property("trustStorePassword", "hush")
                .maxSize(3);
        assertEquals(
                "JdbcPoolConfig[name=pool, url=jdbc:h2:mem:x;PASSWORD=***, user=ann, minIdle=0, maxSize=3]",
                config.toString());
        assertFalse(OVER_A_DATA_SOURCE.user("ann").password("hush").toString().contains("hush"));
    }

    @Test
    void driverThatPrintsAPasswordIsQuoted() {
        Secrets secrets = new Secrets(List.of("hush"));
        SQLException harmless = new SQLException("no route to host", "08001");
        assertEquals(harmless, secrets.withoutSecrets(harmless));

        SQLException telling = new SQLException(
                "can't connect", "08001", 17, new IllegalStateException("refused: jdbc:x://ann:secret@host?k=hush"));
        SQLException quoted = secrets.withoutSecrets(telling);
        assertEquals("can't connect", quoted.getMessage());
        assertEquals("08001", quoted.getSQLState());
        assertEquals(17, quoted.getErrorCode());
        assertNull(quoted.getCause());
        assertEquals(telling.getStackTrace()[0], quoted.getStackTrace()[0]);

        SQLException next = new SQLException("first", "23505");
        next.setNextException(new SQLException("then: hush"));
        assertEquals("first", secrets.withoutSecrets(next).getMessage());
        assertNull(secrets.withoutSecrets(next).getNextException());
        SQLException suppressing = new SQLException((String) null);
        suppressing.addSuppressed(new SQLException("hush"));
        assertNull(secrets.withoutSecrets(suppressing).getMessage());
        assertEquals(0, secrets.withoutSecrets(suppressing).getSuppressed().length);
        SQLException circular = new SQLException("one");
        circular.initCause(new SQLException("two", circular));
        assertEquals(circular, secrets.withoutSecrets(circular));

        assertEquals(
                "login 'ann', word '***', hushed",
                secrets.withoutSecrets(new SQLException("login 'ann', word 'hush', hushed"))
                        .getMessage());
    }
}
