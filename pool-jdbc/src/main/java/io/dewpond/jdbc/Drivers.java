package io.dewpond.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds drivers, without changing anything that others share.
 *
 * <p>First those that {@link DriverManager} knows, then those that the thread's class loader sees: in an application
 * server, they are often not the same.
 */
final class Drivers {
    private Drivers() {}

    /** Finds the driver that takes a URL; null if there is none. */
    static @Nullable Driver accepting(String url) {
        for (Enumeration<Driver> known = DriverManager.getDrivers(); known.hasMoreElements(); ) {
            Driver driver = known.nextElement();
            if (accepts(driver, url)) {
                return driver;
            }
        }
        for (Iterator<Driver> loadable = loadable(); loadable.hasNext(); ) {
            Driver driver = load(loadable);
            if (driver != null && accepts(driver, url)) {
                return driver;
            }
        }
        return null;
    }

    /**
     * Makes the driver of a class, which the thread's class loader or ours has to know; null if it can't be made, or doesn't
     * take the URL. Nothing is registered, but what the class itself does when it is loaded.
     */
    static @Nullable Driver named(String className, String url) {
        for (ClassLoader loader :
                new ClassLoader[] {Thread.currentThread().getContextClassLoader(), Drivers.class.getClassLoader()}) {
            try {
                Driver driver = Class.forName(className, true, loader)
                        .asSubclass(Driver.class)
                        .getDeclaredConstructor()
                        .newInstance();
                return accepts(driver, url) ? driver : null;
            } catch (ReflectiveOperationException | ClassCastException | LinkageError notHere) {
                Log.JDBC.debug("The driver {} can't be made by {}", className, loader, notHere);
            }
        }
        return null;
    }

    /** Names the drivers there are, for a message. */
    static List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (Enumeration<Driver> known = DriverManager.getDrivers(); known.hasMoreElements(); ) {
            names.add(known.nextElement().getClass().getName());
        }
        for (Iterator<Driver> loadable = loadable(); loadable.hasNext(); ) {
            Driver driver = load(loadable);
            if (driver != null) {
                names.add(driver.getClass().getName());
            }
        }
        return List.copyOf(names);
    }

    private static Iterator<Driver> loadable() {
        return ServiceLoader.load(Driver.class).iterator();
    }

    /** Returns null for a driver that can't be loaded. */
    private static @Nullable Driver load(Iterator<Driver> drivers) {
        try {
            return drivers.next();
        } catch (ServiceConfigurationError | LinkageError broken) {
            return null;
        }
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException | RuntimeException no) {
            return false;
        }
    }
}
