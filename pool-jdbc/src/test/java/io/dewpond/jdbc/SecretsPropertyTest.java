package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AdmissionPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

/** Whatever the password, and wherever it is set: it is in no text, no message and no log. */
@Tag("J45")
class SecretsPropertyTest {
    private static final String URL = "jdbc:h2:mem:secrets";

    /** Words with a mark that no other text has; the driver says each of them in its refusal. */
    @Property(tries = 30)
    void noPasswordIsTold(@ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 12) String any)
            throws Exception {
        String password = "pw9" + any + "9wp";
        GuardedServer gossip = new GuardedServer(none -> false);
        List<JdbcPoolConfig> configs = List.of(
                JdbcPoolConfig.of(gossip.dataSource()).user("ann").password(password),
                JdbcPoolConfig.of(gossip.dataSource()).credentials(CredentialsProvider.of("ann", password)),
                JdbcPoolConfig.of(gossip.dataSource()).credentials(() -> Credentials.of("ann", password)),
                JdbcPoolConfig.of(URL + ";USER=ann;PASSWORD=" + password),
                JdbcPoolConfig.of(URL).user("ann").password(password),
                JdbcPoolConfig.of(URL).property("password", password).property("user", "ann"),
                JdbcPoolConfig.of(URL).property("trustStorePassword", password),
                JdbcPoolConfig.of("jdbc:h2:tcp://ann:" + password + "@127.0.0.1:1/none"),
                JdbcPoolConfig.of(() -> gossip.login("ann", "password=" + password)));
        for (JdbcPoolConfig config : configs) {
            String told = told(config);
            assertFalse(told.contains(password), told);
        }
    }

    /** All that a pool says of itself: its texts, what is wrong with its settings, what its borrowers see, and the log. */
    private static String told(JdbcPoolConfig config) throws Exception {
        StringWriter told = new StringWriter();
        PrintWriter out = new PrintWriter(told);
        PrintStream log = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            out.println(config);
            for (Method setter : JdbcPoolConfig.class.getMethods()) {
                if (setter.getReturnType() == JdbcPoolConfig.class
                        && setter.getParameterCount() == 1
                        && !Modifier.isStatic(setter.getModifiers())
                        && !setter.getName().equals("password")) {
                    out.println(
                            ((JdbcPoolConfig) setter.invoke(config, sample(setter.getParameterTypes()[0]))).problems());
                }
            }
            try (PooledDataSource ds = PooledDataSource.open(config.acquireTimeout(Duration.ofMillis(20))
                    .registerMXBean(true)
                    .maxRetryDelay(Duration.ofMillis(100))
                    .drainTimeout(Duration.ZERO))) {
                out.println(ds);
                try {
                    ds.getConnection().close();
                } catch (SQLException failure) {
                    failure.printStackTrace(out);
                }
                out.println(ds.pool().control().describe());
                out.println(ds.pool().config());
            }
        } finally {
            System.setErr(log);
        }
        return told + logged.toString(StandardCharsets.UTF_8);
    }

    /** What is out of range for most settings, or clashes with others. */
    private static Object sample(Class<?> type) {
        if (type == int.class) {
            return -1;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(-1);
        }
        if (type == Map.class) {
            return Map.of("user", "bob", "password", "");
        }
        if (type == CredentialsProvider.class) {
            return CredentialsProvider.of("bob", "");
        }
        if (type == List.class) {
            return List.of("");
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[1];
        }
        if (type == ErrorClassifier.class) {
            return ErrorClassifier.standard();
        }
        if (type == AdmissionPolicy.class) {
            return AdmissionPolicy.none();
        }
        if (type == JdbcListener.class) {
            return new JdbcListener() {};
        }
        if (type == ConnectionCustomizer.class) {
            return (ConnectionCustomizer) connection -> {};
        }
        return "";
    }

    @Property(tries = 30)
    void propertiesThatAreRefusedTellNoPassword(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 12) String any) {
        String password = "pw9" + any + "9wp";
        Properties properties = new Properties();
        properties.setProperty("url", URL + ";PASSWORD=" + password);
        properties.setProperty("password", password);
        properties.setProperty("property.trustStorePassword", password);
        properties.setProperty("passphrase", password);
        properties.setProperty("maxSize", "many");
        String message = assertThrows(IllegalArgumentException.class, () -> JdbcPoolConfig.from(properties))
                .getMessage();
        assertTrue(message.contains("'passphrase' is no setting"), message);
        assertFalse(message.contains(password), message);
    }
}
