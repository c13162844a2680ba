package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page about overload shows what the simulation says. {@code -Dplot.write=true} writes the plot anew. */
@Tag("G61")
class OverloadPageTest {
    private static final Path PLOT = Path.of("..", "docs", "images", "overload.svg");
    private static final Path PAGE = Path.of("..", "docs", "guide", "overload.md");

    @Test
    void plotIsWhatTheProgramDraws() throws IOException {
        String drawn = OverloadPlot.draw();
        if (Boolean.getBoolean("plot.write")) {
            Files.writeString(PLOT, drawn);
        } else {
            assertEquals(drawn, Files.readString(PLOT));
        }
    }

    @Test
    void tableIsWhatTheExamplePrints() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Overload.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains(Overload.table()));
        assertTrue(Files.readString(PAGE).contains(Overload.table()), Overload::table);
    }
}
