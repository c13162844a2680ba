package io.dewpond.benchmarks.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The text around the tables, in a resource, with a place for each: {@code {{summary}}}. */
final class Frame {
    private Frame() {}

    static String fill(Map<String, String> parts) {
        String text = read();
        for (Map.Entry<String, String> part : parts.entrySet()) {
            String place = "{{" + part.getKey() + "}}";
            if (!text.contains(place)) {
                throw new IllegalStateException("the frame has no place for " + part.getKey());
            }
            text = text.replace(place, part.getValue());
        }
        return text;
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(Frame.class.getResourceAsStream("page.template"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
