package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the catalogue of behaviours with the tags in the sources. It reads text and not classes, for the tests of
 * the other modules, and those for newer JDKs, are on nobody's class path here.
 */
class CatalogueTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/behaviours.md");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([GJF][0-9]+)\"\\)");
    private static final Pattern ROW_BEGINS = Pattern.compile("\\|\\s*[GJF][0-9]+\\b.*");
    private static final Pattern ROW =
            Pattern.compile("(\\| ([GJF][0-9]+) \\| [^|]+ \\| (holds|planned) \\|) (?:([^|]*) )?\\|");

    private final Map<String, String> shownBy = scan();
    private final List<Row> rows = rows();

    @Test
    void everyTagHasARow() {
        Map<String, String> strangers = new TreeMap<>(shownBy);
        rows.forEach(row -> strangers.remove(row.id));
        assertEquals(Map.of(), strangers, "tags, and the classes that carry them, without a row in " + PAGE);
    }

    @Test
    void everyRowThatHoldsHasATest() {
        List<String> unproven = rows.stream()
                .filter(row -> row.holds && !shownBy.containsKey(row.id))
                .map(row -> row.id)
                .toList();
        assertEquals(List.of(), unproven, "rows that hold, without a test that carries their tag");
    }

    @Test
    void everyIdHasOneRow() {
        List<String> ids = rows.stream().map(row -> row.id).toList();
        assertEquals(ids.stream().distinct().toList(), ids);
    }

    @Test
    void everyRowNamesTheClassesThatShowIt() throws IOException {
        List<Row> wrong =
                rows.stream().filter(row -> !row.shownBy.equals(shownBy(row))).toList();
        if (Boolean.getBoolean("catalogue.write")) {
            List<String> lines = new ArrayList<>(lines(PAGE));
            wrong.forEach(row -> lines.set(row.line, row.withShownBy(shownBy(row))));
            Files.writeString(PAGE, String.join("\n", lines) + "\n");
        } else {
            List<String> said =
                    wrong.stream().map(row -> row.id + ": " + row.shownBy).toList();
            List<String> tags =
                    wrong.stream().map(row -> row.id + ": " + shownBy(row)).toList();
            assertEquals(
                    tags, said, "rows whose last column is not what the tags say; " + PAGE + " tells how to mend it");
        }
    }

    private String shownBy(Row row) {
        return shownBy.getOrDefault(row.id, "");
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        List<String> lines = lines(PAGE);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (ROW_BEGINS.matcher(line).matches()) {
                Matcher row = ROW.matcher(line);
                assertTrue(row.matches(), () -> "not | id | promise | holds or planned | shown by |: " + line);
                String shownBy = Objects.requireNonNullElse(row.group(4), "");
                rows.add(new Row(i, row.group(1), row.group(2), row.group(3).equals("holds"), shownBy));
            }
        }
        return rows;
    }

    /** Maps each id to the classes that carry it, sorted, with commas between them. */
    private static Map<String, String> scan() {
        Map<String, TreeSet<String>> classes = new TreeMap<>();
        for (Path source : sources()) {
            String name = source.getFileName().toString().replace(".java", "");
            // A tag stands at the beginning of its line, for so the formatter puts it: what stands elsewhere is talk.
            lines(source).stream()
                    .filter(line -> line.strip().startsWith("@"))
                    .flatMap(line -> TAG.matcher(line).results())
                    .forEach(tag -> classes.computeIfAbsent(tag.group(1), id -> new TreeSet<>())
                            .add(name));
        }
        Map<String, String> scanned = new TreeMap<>();
        classes.forEach((id, names) -> scanned.put(id, String.join(", ", names)));
        return scanned;
    }

    private static List<Path> sources() {
        List<Path> folders = new ArrayList<>();
        folders.add(ROOT.resolve("examples/src/test"));
        folders.add(ROOT.resolve("pool-testkit/src/main"));
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(ROOT, "pool-*");
                DirectoryStream<Path> integrations = Files.newDirectoryStream(ROOT.resolve("integrations"))) {
            modules.forEach(
                    module -> folders.addAll(List.of(module.resolve("src/test"), module.resolve("src/jcstress"))));
            integrations.forEach(module -> folders.add(module.resolve("src/test")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return folders.stream()
                .filter(Files::isDirectory)
                .flatMap(CatalogueTest::javaFiles)
                .toList();
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new AssertionError("can't read " + folder, e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError("can't read " + file, e);
        }
    }

    /** A line of the page; {@code promise} is all of it that stands before the last column. */
    private record Row(int line, String promise, String id, boolean holds, String shownBy) {
        String withShownBy(String classes) {
            return promise + (classes.isEmpty() ? " |" : " " + classes + " |");
        }
    }
}
