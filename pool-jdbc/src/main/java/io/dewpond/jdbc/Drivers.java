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
