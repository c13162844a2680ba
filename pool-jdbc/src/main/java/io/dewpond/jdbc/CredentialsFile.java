package io.dewpond.jdbc;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** See {@link CredentialsProvider#fromFile}. No message tells what stands in the file. */
final class CredentialsFile implements CredentialsProvider {
    private final Path file;

    CredentialsFile(Path file) {
        this.file = file;
    }

    @Override
    public Credentials credentials() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("The file of credentials is no file of properties: " + file); // the cause quotes it
        }
        String user = properties.getProperty("user");
        String password = properties.getProperty("password");
        if (user == null || password == null) {
            throw new IOException(
                    "The file of credentials has no " + (user == null ? "user" : "password") + ": " + file);
        }
        return Credentials.of(user, password);
    }

    /** Somebody has written to it, and no doubt for a reason. */
    @Override
    public boolean replaces(Credentials old, Credentials next) {
        return true;
    }

    @Override
    public String toString() {
        return "CredentialsFile[" + file + "]";
    }
}
