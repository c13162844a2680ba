package io.dewpond.impl;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.Main;

/**
 * Runs the races: {@code -Djcstress} all of them, {@code -Djcstress=CloseMeets} those whose names have that in them. The
 * {@code jcstress.mode} is one of jcstress's own, or {@code brief}.
 */
public final class Races {
    /**
     * Each race for half a second in one JVM as it comes. jcstress's own least mode, sanity, starts each in 28 JVMs, and
     * has the threads meet once: that shows that a case runs, but hardly ever what comes of it.
     */
    private static final List<String> BRIEF = List.of(
            "-m",
            "quick",
            "-f",
            "1",
            "-fsm",
            "0",
            "-iters",
            "1",
            "-time",
            "500",
            "-sc",
            "false",
            "-jvmArgs",
            "-Xmx256m");

    private Races() {}

    public static void main(String[] args) throws Exception {
        String asked = System.getProperty("jcstress", "");
        String mode = System.getProperty("jcstress.mode", "quick");
        List<String> options = new ArrayList<>(mode.equals("brief") ? BRIEF : List.of("-m", mode));
        options.addAll(List.of("-t", asked.isEmpty() || asked.equals("true") ? "." : asked));
        options.addAll(List.of("-r", System.getProperty("jcstress.report", ".")));
        Main.main(options.toArray(new String[0]));
    }
}
