package io.dewpond.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The methods of the JDBC interfaces of the running JDK, which may be newer than the one the forwarders are for. */
final class JdbcMethods {
    /** The interfaces that are wrapped, the connection's apart. */
    static final List<Class<?>> DEPENDENTS = List.of(
            Statement.class,
            PreparedStatement.class,
            CallableStatement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            ResultSetMetaData.class,
            ParameterMetaData.class,
            Array.class);

    private JdbcMethods() {}

    /** Lists the instance methods of an interface, inherited ones too. */
    static List<Method> of(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
    }

    /** Opens a handle of the given interface on a connection of a {@link RecordingDriver}. */
    static Object open(Class<?> type, Connection connection) throws SQLException {
        if (type == Connection.class) {
            return connection;
        } else if (type == Statement.class) {
            return connection.createStatement();
        } else if (type == PreparedStatement.class) {
            return connection.prepareStatement("select 1");
        } else if (type == CallableStatement.class) {
            return connection.prepareCall("call f()");
        } else if (type == ResultSet.class) {
            return connection.createStatement().executeQuery("select 1");
        } else if (type == DatabaseMetaData.class) {
            return connection.getMetaData();
        } else if (type == ResultSetMetaData.class) {
            return connection.createStatement().executeQuery("select 1").getMetaData();
        } else if (type == ParameterMetaData.class) {
            return connection.prepareStatement("select 1").getParameterMetaData();
        } else if (type == Array.class) {
            return connection.createArrayOf("int", new Object[0]);
        }
        throw new AssertionError("no way to open a " + type);
    }

    /** Makes arguments for a method; they mean nothing. */
    static Object[] arguments(Method method, RecordingDriver driver) {
        return Stream.of(method.getParameterTypes())
                .map(type -> argument(type, driver))
                .toArray();
    }

    private static Object argument(Class<?> type, RecordingDriver driver) {
        Map<Class<?>, Object> samples = Map.ofEntries(
                Map.entry(String.class, "text"),
                Map.entry(String[].class, new String[] {"text"}),
                Map.entry(int[].class, new int[] {1}),
                Map.entry(byte[].class, new byte[] {1}),
                Map.entry(Object.class, "object"),
                Map.entry(Object[].class, new Object[] {"object"}),
                Map.entry(Class.class, String.class),
                Map.entry(Map.class, Map.of()),
                Map.entry(Properties.class, new Properties()),
                Map.entry(Executor.class, (Executor) Runnable::run),
                Map.entry(SQLType.class, JDBCType.INTEGER),
                Map.entry(BigDecimal.class, BigDecimal.ONE),
                Map.entry(java.sql.Date.class, new java.sql.Date(0)),
                Map.entry(java.sql.Time.class, new java.sql.Time(0)),
                Map.entry(java.sql.Timestamp.class, new java.sql.Timestamp(0)),
                Map.entry(Calendar.class, Calendar.getInstance()),
                Map.entry(java.net.URL.class, url()),
                Map.entry(InputStream.class, new ByteArrayInputStream(new byte[0])),
                Map.entry(Reader.class, new StringReader("")));
        Object sample = samples.get(type);
        if (sample == null) {
            sample = driver.anything(type);
        }
        if (sample == null) {
            throw new AssertionError("no sample of " + type);
        }
        return sample;
    }

    private static Object url() {
        try {
            return URI.create("http://localhost/").toURL();
        } catch (java.net.MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
