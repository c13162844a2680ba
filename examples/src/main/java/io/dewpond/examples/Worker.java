package io.dewpond.examples;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process of its own that tells primes from other numbers: a line in, a line out. It stands for whatever one would
 * rather not have in one's own process, because it crashes, leaks or is written in another language.
 */
final class Worker implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;

    private Worker(Process process) {
        this.process = process;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a worker, and waits until it is up. */
    static Worker start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Worker worker = new Worker(new ProcessBuilder(java, "-cp", here(), Worker.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        try {
            if (worker.isPrime("2")) {
                return worker;
            }
            throw new IOException("the worker doesn't know that 2 is prime");
        } catch (IOException failure) {
            worker.close();
            throw failure;
        }
    }

    private static String here() throws IOException {
        try {
            return new File(Worker.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getPath();
        } catch (URISyntaxException odd) {
            throw new IOException(odd);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean isPrime(String number) throws IOException {
        questions.println(number);
        String answer = answers.readLine();
        if (answer == null) {
            throw new EOFException("the worker has died");
        }
        return Boolean.parseBoolean(answer);
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The other end: what runs in the process. It dies of what is no number. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            if (!line.chars().allMatch(Character::isDigit)) {
                return;
            }
            System.out.println(new BigInteger(line).isProbablePrime(40));
        }
    }
}
