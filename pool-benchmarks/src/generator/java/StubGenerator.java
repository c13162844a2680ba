import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.ToolProvider;

/**
 * Writes the classes under the stub driver: each implements a JDBC interface by refusing every method, so that the
 * driver's own classes hold only what a pool or a benchmark really calls, and no reflection is on the way.
 *
 * <p>Usage: {@code java StubGenerator.java <release> <output folder>}.
 */
final class StubGenerator {
    /** From interface to what its stub extends. */
    private static final Map<String, String> STUBS = Map.of(
            "Connection", "Padding",
            "PreparedStatement", "Object",
            "ResultSet", "Object",
            "DatabaseMetaData", "Object");

    private final Elements elements;

    private StubGenerator(String release) {
        JavacTask javac = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("--release", release, "-proc:none"), null, List.of());
        elements = javac.getElements();
    }

    public static void main(String[] args) throws IOException {
        StubGenerator generator = new StubGenerator(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1], "io", "dewpond", "benchmarks", "stub"));
        for (String type : STUBS.keySet()) {
            Path file = folder.resolve("Refusing" + type + ".java");
            String source = generator.source(type);
            if (!Files.exists(file) || !Files.readString(file).equals(source)) {
                Files.writeString(file, source);
            }
        }
    }

    private String source(String name) {
        TypeElement type = Objects.requireNonNull(elements.getTypeElement("java.sql." + name));
        List<String> lines = new ArrayList<>(List.of(
                "// Written by StubGenerator from java.sql." + name + ".",
                "package io.dewpond.benchmarks.stub;",
                "",
                "import java.sql.*;",
                "import org.jspecify.annotations.NullUnmarked;",
                "",
                "@NullUnmarked",
                "@SuppressWarnings(\"deprecation\")",
                "abstract class Refusing" + name + " extends " + STUBS.get(name) + " implements " + name + " {"));
        ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
                .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
                .sorted(Comparator.comparing(Element::toString))
                .forEach(method -> lines.addAll(refusal(method)));
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> refusal(ExecutableElement method) {
        String parameters = method.getParameters().stream()
                .map(parameter -> name(parameter.asType()) + " " + parameter)
                .collect(Collectors.joining(", "));
        String types = method.getTypeParameters().isEmpty()
                ? ""
                : method.getTypeParameters().stream()
                        .map(Element::toString)
                        .collect(Collectors.joining(", ", "<", "> "));
        String thrown =
                method.getThrownTypes().stream().map(StubGenerator::name).collect(Collectors.joining(", "));
        return List.of(
                "",
                "    @Override",
                "    public " + types + name(method.getReturnType()) + " " + method.getSimpleName() + "(" + parameters
                        + ")" + (thrown.isEmpty() ? "" : " throws " + thrown) + " {",
                "        throw new UnsupportedOperationException(\"" + method.getSimpleName() + "\");",
                "    }");
    }

    private static String name(TypeMirror type) {
        return type.toString().replace("java.lang.", "").replace("java.sql.", "");
    }
}
