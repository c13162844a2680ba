package io.dewpond.impl;

import io.dewpond.Pool;
import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Shows pools to JMX. The one class of the engine that needs the module {@code java.management}, which is there only if
 * somebody else asks for it; so nobody may name this class but {@link SlotPool}, in the step that registers a pool which asks
 * for that.
 */
final class Management {
    /** What has a meaning in a name, or is not allowed in it. */
    private static final Pattern SPECIAL = Pattern.compile("[,=:\"*?\\n]");

    private Management() {}

    /**
     * Registers a pool.
     *
     * @return takes it out again; does nothing if somebody else has done so
     * @throws IllegalStateException if another of that name is registered
     */
    static Runnable register(Pool<?> pool) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String name = pool.config().name();
        try {
            ObjectName registered = nameOf(name);
            server.registerMBean(new ManagedPool(pool), registered);
            return () -> unregister(server, registered);
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalStateException(
                    "Pool '" + name + "' can't be opened: registerMXBean is true, but another pool of that name is "
                            + "registered (" + e.getMessage() + ")",
                    e);
        } catch (JMException e) {
            throw new IllegalStateException(
                    "Pool '" + name + "' can't be opened: registerMXBean is true, but JMX refuses it", e);
        }
    }

    static ObjectName nameOf(String pool) throws JMException {
        boolean special = SPECIAL.matcher(pool).find();
        return new ObjectName("io.dewpond:type=Pool,name=" + (special ? ObjectName.quote(pool) : pool));
    }

    private static void unregister(MBeanServer server, ObjectName registered) {
        try {
            server.unregisterMBean(registered);
        } catch (InstanceNotFoundException gone) {
            Log.POOL.debug("{} was unregistered by somebody else", registered, gone);
        } catch (JMException | RuntimeException e) {
            Log.POOL.warn("{} can't be unregistered", registered, e);
        }
    }
}
