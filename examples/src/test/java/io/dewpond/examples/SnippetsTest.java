package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The Java code on the project's pages is compiled code: each block stands under a comment such as {@code <!--
 * snippet:examples/src/main/java/io/dewpond/examples/FirstSteps.java#pool -->} and is what stands in that file between
 * {@code // snippet:pool} and {@code // end:pool}, but for the indentation. Links to files lead somewhere.
 */
class SnippetsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet:(\\S+)#(\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @TestFactory
    Stream<DynamicTest> codeOnThePagesIsCompiledCode() throws IOException {
        return pages().stream()
                // The GuideTest of pool-jdbc runs the code of these.
                .filter(page -> !page.endsWith("docs/guide/jdbc.md") && !page.endsWith("docs/guide/errors.md"))
                .map(page -> DynamicTest.dynamicTest(ROOT.relativize(page).toString(), () -> check(page)));
    }

    @TestFactory
    Stream<DynamicTest> linksLeadSomewhere() throws IOException {
        return pages().stream()
                .map(page -> DynamicTest.dynamicTest(ROOT.relativize(page).toString(), () -> checkLinks(page)));
    }

    @Test
    void readmeIsAmongThePages() throws IOException {
        assertTrue(pages().contains(ROOT.resolve("README.md")));
    }

    private static void check(Path page) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            assertFalse(block.group(1) == null, "a block of Java without a source:\n" + block.group(3));
            assertEquals(snippet(ROOT.resolve(block.group(1)), block.group(2)), block.group(3), block.group(2));
        }
    }

    private static void checkLinks(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            assertTrue(Files.exists(page.resolveSibling(link.group(1))), "a dead link: " + link.group(1));
        }
    }

    private static String snippet(Path source, String name) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(source)) {
            if (line.strip().equals("// end:" + name)) {
                return String.join("\n", lines).stripIndent() + "\n";
            }
            if (inside) {
                lines.add(line);
            }
            inside |= line.strip().equals("// snippet:" + name);
        }
        throw new AssertionError("no snippet '" + name + "' in " + ROOT.relativize(source));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target"))
                    .toList();
        }
    }
}
