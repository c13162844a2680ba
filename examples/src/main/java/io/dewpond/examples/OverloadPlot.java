package io.dewpond.examples;

import io.dewpond.testkit.QueueOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws what {@link Overload} simulates: a plain queue against admission by queueing delay. */
final class OverloadPlot {
    private static final Duration WINDOW = Duration.ofMillis(500);
    private static final int LEFT = 70;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 150;
    private static final String PLAIN = "#b5533c";
    private static final String SHEDDING = "#2b4a5e";

    private final StringBuilder svg = new StringBuilder();

    private OverloadPlot() {}

    static String draw() {
        QueueOutcome plain = Overload.rush().run();
        QueueOutcome shedding = Overload.rush().admission(Overload.codel()).run();
        return new OverloadPlot().drawn(plain, shedding);
    }

    private String drawn(QueueOutcome plain, QueueOutcome shedding) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 860 460\" font-family=\"sans-serif\" font-size=\"13\""
                        + " role=\"img\" aria-label=\"Under twice the capacity a plain queue has each borrower wait for its timeout;"
                        + " with CoDel waits stay short and the throughput is kept\">");
        add("  <rect width=\"860\" height=\"460\" rx=\"8\" fill=\"#fbfbf8\"/>");
        ToDoubleFunction<QueueOutcome> wait = window -> window.servedWait(0.5).toNanos() / 1e9;
        ToDoubleFunction<QueueOutcome> useful =
                window -> window.servedWithin(Overload.USEFUL) * 1e9 / WINDOW.toNanos() / Overload.CAPACITY_A_SECOND;
        panel(50, "median wait of those served, seconds", 2, "2", plain, shedding, wait);
        panel(255, "served within 100 ms, share of the capacity", 1.2, "1.2", plain, shedding, useful);
        for (int second = 0; second <= Overload.LENGTH.toSeconds(); second += 10) {
            add("  <text x=\"%s\" y=\"425\" text-anchor=\"middle\" fill=\"#45606f\">%d s</text>", x(second), second);
        }
        legend(LEFT, PLAIN, "plain queue, acquireTimeout 2 s");
        legend(LEFT + 260, SHEDDING, "CoDel, target 20 ms, interval 200 ms");
        add("</svg>");
        return svg.toString();
    }

    private void panel(
            int top,
            String title,
            double most,
            String mostInWords,
            QueueOutcome plain,
            QueueOutcome shedding,
            ToDoubleFunction<QueueOutcome> value) {
        String begin = x((double) Overload.BEGIN.toSeconds());
        String width =
                inUnits((double) WIDTH * Overload.END.minus(Overload.BEGIN).toSeconds() / Overload.LENGTH.toSeconds());
        add("  <rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"#f6f1e7\"/>", begin, top, width, HEIGHT);
        add(
                "  <text x=\"%s\" y=\"%d\" fill=\"#8a7a55\" dx=\"6\" dy=\"16\">twice the capacity comes</text>",
                begin, top);
        add("  <text x=\"%d\" y=\"%d\" fill=\"#1d2f3a\" font-weight=\"bold\">%s</text>", LEFT, top - 8, title);
        add("  <path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#45606f\"/>", LEFT, top, top + HEIGHT, LEFT + WIDTH);
        add(
                "  <text x=\"%d\" y=\"%d\" dy=\"10\" text-anchor=\"end\" fill=\"#45606f\">%s</text>",
                LEFT - 8, top, mostInWords);
        add("  <text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#45606f\">0</text>", LEFT - 8, top + HEIGHT);
        curve(top, most, PLAIN, plain, value);
        curve(top, most, SHEDDING, shedding, value);
    }

    private void curve(
            int top, double most, String colour, QueueOutcome outcome, ToDoubleFunction<QueueOutcome> value) {
        StringBuilder points = new StringBuilder();
        List<QueueOutcome> windows = outcome.windows(WINDOW);
        for (int i = 0; i < windows.size(); i++) {
            double share = Math.min(1, value.applyAsDouble(windows.get(i)) / most);
            double middle = (i + 0.5) * WINDOW.toNanos() / 1e9;
            points.append(i == 0 ? "" : " ").append(x(middle)).append(',').append(inUnits(top + HEIGHT * (1 - share)));
        }
        add("  <polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"/>", points, colour);
    }

    private void legend(int x, String colour, String words) {
        add("  <path d=\"M%d 446h24\" stroke=\"%s\" stroke-width=\"3\"/>", x, colour);
        add("  <text x=\"%d\" y=\"450\" fill=\"#1d2f3a\">%s</text>", x + 32, words);
    }

    private static String x(double second) {
        return inUnits(LEFT + WIDTH * second / Overload.LENGTH.toSeconds());
    }

    private static String inUnits(double length) {
        return String.format(Locale.ROOT, "%.1f", length);
    }

    private void add(String line, Object... values) {
        svg.append(values.length == 0 ? line : String.format(Locale.ROOT, line, values))
                .append('\n');
    }
}
