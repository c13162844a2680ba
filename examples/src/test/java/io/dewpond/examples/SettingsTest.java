package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.Ticker;
import io.dewpond.jdbc.JdbcPoolConfig;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of settings name those that there are, with the defaults that they have. */
class SettingsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("\\| ((?:`\\w+`(?:, )?)+) \\| ([^|]+) \\|.*");
    private static final Set<String> FOR_THE_BORROWER =
            Set.of("autoCommit", "isolation", "readOnly", "catalog", "schema");

    private final PoolConfig<Object> pool = PoolConfig.of(ObjectFactory.of(Object::new, object -> {}));
    private final JdbcPoolConfig connections = JdbcPoolConfig.of("jdbc:h2:mem:settings");

    @Test
    void readmeListsTheSettingsOfAPool() throws IOException, ReflectiveOperationException {
        Map<String, String> defaults = defaults(pool);
        defaults.remove("factory"); // it has no default
        assertEquals(lines(defaults), lines(table("README.md", "## Settings")));
    }

    @Test
    void guideListsTheSettingsOfAPoolOfConnections() throws IOException, ReflectiveOperationException {
        Map<String, String> defaults = defaults(connections);
        FOR_THE_BORROWER.forEach(setting -> defaults.put(setting, "the driver's"));
        assertEquals(lines(defaults), lines(table("docs/guide/jdbc.md", "## Settings")));
    }

    @Test
    void guideTellsHowToChooseEachSetting() throws IOException, ReflectiveOperationException {
        Set<String> settings = new TreeSet<>(defaults(pool).keySet());
        settings.addAll(defaults(connections).keySet());
        String page = Files.readString(ROOT.resolve("docs/guide/configuration.md"));
        settings.removeIf(setting -> page.contains("`" + setting + "`"));
        assertEquals(Set.of("factory"), settings);
    }

    /** What a method with one argument changes, and the method of the same name without one tells, if there is one. */
    private static Map<String, String> defaults(Object config) throws ReflectiveOperationException {
        Class<?> type = config.getClass();
        Map<String, String> defaults = new TreeMap<>();
        for (Method method : type.getMethods()) {
            boolean changes = method.getReturnType() == type && method.getParameterCount() == 1;
            if (changes && !Modifier.isStatic(method.getModifiers())) {
                boolean told = Arrays.stream(type.getMethods())
                        .anyMatch(reader -> reader.getName().equals(method.getName())
                                && reader.getParameterCount() == 0
                                && reader.getReturnType() != type);
                Object value = told ? type.getMethod(method.getName()).invoke(config) : null;
                defaults.put(method.getName(), inWords(value));
            }
        }
        return defaults;
    }

    private static String inWords(Object value) {
        if (value == null || Map.of().equals(value) || List.of().equals(value)) {
            return "none";
        } else if (value instanceof Duration duration) {
            return inWords(duration);
        } else if (value instanceof String text) {
            return "`" + text + "`";
        } else if (value == EvictionPolicy.never()) {
            return "never";
        } else if (value == Ticker.system()) {
            return "the machine's";
        }
        return value.equals(Integer.MAX_VALUE) ? "no limit" : value.toString();
    }

    private static String inWords(Duration duration) {
        if (duration.isZero()) {
            return "zero";
        } else if (duration.toMillis() < 1_000) {
            return duration.toMillis() + " ms";
        }
        return duration.toSeconds() < 60 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }

    private static Map<String, String> table(String page, String heading) throws IOException {
        Map<String, String> table = new TreeMap<>();
        List<String> lines = Files.readAllLines(ROOT.resolve(page));
        Stream<String> section = lines.subList(lines.indexOf(heading) + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "));
        section.map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
            String[] names = row.group(1).replace("`", "").split(", ", -1);
            String[] defaults = row.group(2).split(", ", -1);
            for (int i = 0; i < names.length; i++) {
                table.put(names[i], defaults[Math.min(i, defaults.length - 1)]);
            }
        });
        return table;
    }

    private static String lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + ": " + setting.getValue())
                .collect(Collectors.joining("\n"));
    }
}
