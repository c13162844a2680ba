import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.ToolProvider;

/**
 * Writes the classes that forward the JDBC interfaces to the driver; the build runs it, it is in no jar.
 *
 * <p>The interfaces are read as {@code javac --release N} sees them, not from the running JDK: the same sources come out
 * whatever JDK builds, and they compile for that release. Members are sorted, for a JDK may list them in any order.
 *
 * <p>A forwarder has no logic. Each method checks that the handle is open, calls the driver, wraps what comes back and
 * tells the handle what went wrong; what these four do is written by hand in {@code Handle}. Methods that differ are
 * either overridden by hand or, where forwarding them would be wrong, not written at all: the compiler then asks for
 * them.
 *
 * <p>Usage: {@code java ForwarderGenerator.java <release> <output folder>}.
 */
final class ForwarderGenerator {
    /**
     * One class to write.
     *
     * @param declaration everything between {@code class} and the body but the interface
     * @param type the simple name of the interface in {@code java.sql}
     * @param byHand what isn't forwarded: names of methods
     */
    private record Forwarder(String modifiers, String declaration, String type, Set<String> byHand) {
        String name() {
            return declaration.split("\\W", 2)[0];
        }
    }

    private static final List<Forwarder> FORWARDERS = List.of(
            new Forwarder(
                    "abstract",
                    "ForwardingConnection extends Handle<Connection>",
                    "Connection",
                    Set.of("close", "isClosed", "abort")),
            new Forwarder(
                    "abstract",
                    "ForwardingStatement<D extends Statement> extends Tracked<D>",
                    "Statement",
                    Set.of("close", "isClosed")),
            new Forwarder(
                    "",
                    "PreparedStatementHandle<D extends PreparedStatement> extends StatementHandle<D>",
                    "PreparedStatement",
                    Set.of()),
            new Forwarder(
                    "final",
                    "CallableStatementHandle extends PreparedStatementHandle<CallableStatement>",
                    "CallableStatement",
                    Set.of()),
            new Forwarder(
                    "abstract",
                    "ForwardingResultSet extends Tracked<ResultSet>",
                    "ResultSet",
                    Set.of("close", "isClosed", "getStatement")),
            new Forwarder(
                    "abstract",
                    "ForwardingDatabaseMetaData extends Dependent<DatabaseMetaData>",
                    "DatabaseMetaData",
                    Set.of()),
            new Forwarder(
                    "final",
                    "ResultSetMetaDataHandle extends Dependent<ResultSetMetaData>",
                    "ResultSetMetaData",
                    Set.of()),
            new Forwarder(
                    "final",
                    "ParameterMetaDataHandle extends Dependent<ParameterMetaData>",
                    "ParameterMetaData",
                    Set.of()),
            new Forwarder("final", "ArrayHandle extends Dependent<Array>", "Array", Set.of()));

    /** What {@code Handle.wrap} takes: these lead back to the driver's connection. */
    private static final Set<String> WRAPPED = Set.of(
            "Array",
            "CallableStatement",
            "DatabaseMetaData",
            "Object",
            "ParameterMetaData",
            "PreparedStatement",
            "ResultSet",
            "ResultSetMetaData",
            "Statement");

    /** What {@code Handle.raw} takes: a parameter of these types may be one of our wrappers. */
    private static final Set<String> UNWRAPPED = Set.of("Array", "Object", "Object[]");

    private final Elements elements;
    private final String release;

    private ForwarderGenerator(String release) {
        this.release = release;
        JavacTask javac = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("--release", release, "-proc:none"), null, List.of());
        elements = javac.getElements();
    }

    public static void main(String[] args) throws IOException {
        ForwarderGenerator generator = new ForwarderGenerator(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1], "io", "dewpond", "jdbc"));
        for (Forwarder forwarder : FORWARDERS) {
            Path file = folder.resolve(forwarder.name() + ".java");
            String source = generator.source(forwarder);
            // An untouched file keeps its time, and with it the compiler its peace.
            if (!Files.exists(file) || !Files.readString(file).equals(source)) {
                Files.writeString(file, source);
            }
        }
    }

    private String source(Forwarder forwarder) {
        TypeElement type = Objects.requireNonNull(
                elements.getTypeElement("java.sql." + forwarder.type()), () -> "java.sql." + forwarder.type());
        List<String> lines = new ArrayList<>();
        lines.add(
                "// Written by ForwarderGenerator from java.sql." + forwarder.type() + " of release " + release + ".");
        lines.add("package io.dewpond.jdbc;");
        lines.add("");
        lines.add("import java.sql.*;");
        lines.add("import org.jspecify.annotations.NullUnmarked;");
        lines.add("");
        lines.add("@NullUnmarked");
        lines.add("@SuppressWarnings(\"deprecation\") // the deprecated methods are forwarded too");
        lines.add(
                (forwarder.modifiers() + " class " + forwarder.declaration() + " implements " + forwarder.type() + " {")
                        .strip());
        if (!forwarder.type().equals("Connection")) {
            String driver = forwarder.declaration().contains("<D ") ? "D" : forwarder.type();
            lines.add("    " + forwarder.name() + "(ConnectionHandle connection, " + driver + " driver) {");
            lines.add("        super(connection, driver);");
            lines.add("    }");
        }
        ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method -> !method.getModifiers().contains(Modifier.STATIC))
                .filter(method -> isForwarded(forwarder, method))
                .sorted(Comparator.comparing(Element::toString))
                .forEach(method -> lines.addAll(forwarding(forwarder, method)));
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    /**
     * Leaves out what is done by hand: by name, what leads up to the connection, and what can't say in a SQLException
     * that the handle is closed.
     */
    private static boolean isForwarded(Forwarder forwarder, ExecutableElement method) {
        return !forwarder.byHand().contains(method.getSimpleName().toString())
                && !name(method.getReturnType()).equals("Connection")
                && method.getThrownTypes().stream()
                        .anyMatch(thrown -> name(thrown).equals("SQLException"));
    }

    private static List<String> forwarding(Forwarder forwarder, ExecutableElement method) {
        String parameters = method.getParameters().stream()
                .map(parameter -> name(parameter.asType()) + " " + parameter)
                .collect(Collectors.joining(", "));
        String thrown =
                method.getThrownTypes().stream().map(ForwarderGenerator::name).collect(Collectors.joining(", "));
        String driver = forwarder.declaration().contains("<D ") ? "D" : forwarder.type();
        return List.of(
                "",
                "    @Override",
                "    public " + typeParameters(method) + name(method.getReturnType()) + " " + method.getSimpleName()
                        + "(" + parameters + ") throws " + thrown + " {",
                "        " + driver + " driver = delegate();",
                "        try {",
                "            " + call(method) + ";",
                "        } catch (Throwable failure) {",
                "            failed(failure);",
                "            throw failure;",
                "        }",
                "    }");
    }

    private static String call(ExecutableElement method) {
        String arguments = method.getParameters().stream()
                .map(ForwarderGenerator::argument)
                .collect(Collectors.joining(", "));
        String call = "driver." + method.getSimpleName() + "(" + arguments + ")";
        TypeMirror result = method.getReturnType();
        if (result.getKind() == TypeKind.VOID) {
            return call;
        }
        if (result.getKind() == TypeKind.TYPEVAR) {
            return "return wrap(" + classParameter(method) + ", " + call + ")";
        }
        return WRAPPED.contains(name(result)) ? "return wrap(" + call + ")" : "return " + call;
    }

    private static String argument(VariableElement parameter) {
        return UNWRAPPED.contains(name(parameter.asType())) ? "raw(" + parameter + ")" : parameter.toString();
    }

    /** Finds the {@code Class<T>} in {@code <T> T getObject(int, Class<T>)}. */
    private static String classParameter(ExecutableElement method) {
        return method.getParameters().stream()
                .filter(parameter -> name(parameter.asType()).startsWith("Class<"))
                .map(VariableElement::toString)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Class parameter in " + method));
    }

    private static String typeParameters(ExecutableElement method) {
        return method.getTypeParameters().isEmpty()
                ? ""
                : method.getTypeParameters().stream()
                        .map(Element::toString)
                        .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String name(TypeMirror type) {
        return type.toString().replace("java.lang.", "").replace("java.sql.", "");
    }
}
