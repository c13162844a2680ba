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

    /**
     * What stands between the handles and the driver in a pool that caches or times statements; in another, nothing does.
     * These forward everything as it is, tell when the driver failed, and when it executes and has executed.
     */
    private static final List<Forwarder> DECORATORS = List.of(
            new Forwarder("abstract", "ConnectionDecorator extends Decorator<Connection>", "Connection", Set.of()),
            new Forwarder(
                    "", "StatementDecorator<D extends Statement> extends ExecutionTimer<D>", "Statement", Set.of()),
            new Forwarder(
                    "",
                    "PreparedStatementDecorator<D extends PreparedStatement> extends StatementDecorator<D>",
                    "PreparedStatement",
                    Set.of()),
            new Forwarder(
                    "final",
                    "CallableStatementDecorator extends PreparedStatementDecorator<CallableStatement>",
                    "CallableStatement",
                    Set.of()));

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
            write(folder, forwarder, generator.source(forwarder));
        }
        for (Forwarder decorator : DECORATORS) {
            write(folder, decorator, generator.decorator(decorator));
        }
    }

    private static void write(Path folder, Forwarder forwarder, String source) throws IOException {
        Path file = folder.resolve(forwarder.name() + ".java");
        // An untouched file keeps its time, and with it the compiler its peace.
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.writeString(file, source);
        }
    }

    private String source(Forwarder forwarder) {
        TypeElement type = type(forwarder);
        List<String> lines = head(forwarder);
        if (!forwarder.type().equals("Connection")) {
            String driver = driver(forwarder);
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

    private String decorator(Forwarder decorator) {
        boolean ofConnections = decorator.type().equals("Connection");
        List<String> lines = head(decorator);
        lines.add("    " + decorator.name() + "(" + driver(decorator) + " driver"
                + (ofConnections ? "" : ", Watch watch, String sql") + ") {");
        lines.add("        super(driver" + (ofConnections ? "" : ", watch, sql") + ");");
        lines.add("    }");
        ElementFilter.methodsIn(type(decorator).getEnclosedElements()).stream()
                .filter(method -> !method.getModifiers().contains(Modifier.STATIC))
                .sorted(Comparator.comparing(Element::toString))
                .forEach(method -> lines.addAll(decorating(method)));
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private TypeElement type(Forwarder forwarder) {
        return Objects.requireNonNull(
                elements.getTypeElement("java.sql." + forwarder.type()), () -> "java.sql." + forwarder.type());
    }

    private static String driver(Forwarder forwarder) {
        if (forwarder.declaration().contains("<D ")) {
            return "D";
        }
        return forwarder.type();
    }

    private List<String> head(Forwarder forwarder) {
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
        return lines;
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
        return List.of(
                "",
                "    @Override",
                signature(method),
                "        " + driver(forwarder) + " driver = delegate();",
                "        try {",
                "            " + call(method) + ";",
                "        } catch (Throwable failure) {",
                "            failed(failure);",
                "            throw failure;",
                "        }",
                "    }");
    }

    private static List<String> decorating(ExecutableElement method) {
        String arguments =
                method.getParameters().stream().map(VariableElement::toString).collect(Collectors.joining(", "));
        boolean returns = method.getReturnType().getKind() != TypeKind.VOID;
        boolean executes = method.getSimpleName().toString().startsWith("execute");
        List<String> lines = new ArrayList<>(List.of("", "    @Override", signature(method)));
        if (executes) {
            lines.add("        long started = started();");
        }
        lines.add("        try {");
        lines.add("            " + (returns ? "return " : "") + "driver." + method.getSimpleName() + "(" + arguments
                + ");");
        lines.add("        } catch (Throwable failure) {");
        lines.add("            failed(failure);");
        lines.add("            throw failure;");
        if (executes) {
            lines.add("        } finally {");
            lines.add("            ended(started, " + (arguments.isEmpty() ? "null" : "arg0") + ");");
        }
        lines.add("        }");
        lines.add("    }");
        return lines;
    }

    private static String signature(ExecutableElement method) {
        String parameters = method.getParameters().stream()
                .map(parameter -> name(parameter.asType()) + " " + parameter)
                .collect(Collectors.joining(", "));
        String thrown =
                method.getThrownTypes().stream().map(ForwarderGenerator::name).collect(Collectors.joining(", "));
        return "    public " + typeParameters(method) + name(method.getReturnType()) + " " + method.getSimpleName()
                + "(" + parameters + ") throws " + thrown + " {";
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
