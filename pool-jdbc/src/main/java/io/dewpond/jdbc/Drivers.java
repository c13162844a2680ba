package io.dewpond.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Finds drivers, without changing anything that others share.
 *
 * <p>First those that {@link DriverManager} knows, then those that the thread's class loader sees: in an application
 * server, they are often not the same.
 */
final class Drivers {
    private Drivers() {}

    /** Finds the driver that takes a URL. */
    static Optional<Driver> accepting(String url) {
        return Stream.concat(DriverManager.drivers(), loadable())
                .filter(driver -> accepts(driver, url))
                .findFirst();
    }

    /** Names the drivers there are, for a message. */
    static List<String> names() {
        return Stream.concat(DriverManager.drivers(), loadable())
                .map(driver -> driver.getClass().getName())
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Driver> loadable() {
        return ServiceLoader.load(Driver.class).stream().flatMap(Drivers::load);
    }

    /** Leaves out a driver that can't be loaded: it is another's. */
    private static Stream<Driver> load(ServiceLoader.Provider<Driver> provider) {
        try {
            return Stream.of(provider.get());
        } catch (ServiceConfigurationError | LinkageError broken) {
            return Stream.empty();
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
