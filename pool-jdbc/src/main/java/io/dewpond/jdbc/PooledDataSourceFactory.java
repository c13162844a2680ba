package io.dewpond.jdbc;

import java.util.Enumeration;
import java.util.Hashtable;
import java.util.Properties;
import java.util.Set;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens a pool that an application server has in its configuration, for JNDI. The addresses of the reference are the settings,
 * as in {@link JdbcPoolConfig#from}; what containers add for themselves ({@code auth}, {@code scope}, {@code singleton}, {@code
 * closeMethod}, {@code description}, {@code factory}, {@code type}) is skipped.
 *
 * <p>Each call opens a pool, and whoever looks it up has it to close. Let the container keep one and close it, as Tomcat does
 * with {@code singleton="true"}, its default, and {@code closeMethod="close"}.
 */
public final class PooledDataSourceFactory implements ObjectFactory {
    private static final Set<String> TYPES = Set.of("javax.sql.DataSource", PooledDataSource.class.getName());
    private static final Set<String> CONTAINERS =
            Set.of("auth", "scope", "singleton", "closeMethod", "description", "factory", "type");

    /** Called by JNDI, by reflection. */
    public PooledDataSourceFactory() {}

    /**
     * Opens a pool.
     *
     * @param object the reference
     * @param name not looked at
     * @param context not looked at
     * @param environment not looked at
     * @return the pool, open; null, which has JNDI ask another factory, if {@code object} is no reference to a {@code
     *     DataSource}
     * @throws NamingException if the reference says no configuration that a pool can be opened with; the message tells all that
     *     is wrong, and no password
     */
    @Override
    public @Nullable Object getObjectInstance(
            @Nullable Object object,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        if (!(object instanceof Reference reference) || !TYPES.contains(reference.getClassName())) {
            return null;
        }
        Properties settings = new Properties();
        for (Enumeration<RefAddr> all = reference.getAll(); all.hasMoreElements(); ) {
            RefAddr address = all.nextElement();
            if (!CONTAINERS.contains(address.getType()) && address.getContent() != null) {
                settings.put(address.getType(), address.getContent());
            }
        }
        try {
            return PooledDataSource.open(JdbcPoolConfig.from(settings));
        } catch (IllegalArgumentException refused) {
            NamingException failure = new NamingException(refused.getMessage());
            failure.initCause(refused);
            throw failure;
        }
    }
}
