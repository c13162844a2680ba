package io.dewpond.jdbc;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A wire between a driver and a server that can fall silent: what is sent then is swallowed, and nobody is told. Connecting
 * works all the while.
 */
final class Wire implements Closeable {
    private final ServerSocket here;
    private final int serverPort;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private volatile boolean bornSilent;

    Wire(int serverPort) throws IOException {
        this.serverPort = serverPort;
        here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return here.getLocalPort();
    }

    /** Freezes what is connected now. */
    void freeze() {
        links.forEach(link -> link.silent = true);
    }

    /** Freezes what is connected now and what will be. */
    void freezeAll() {
        bornSilent = true;
        freeze();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = here.accept();
                Link link = new Link(client, new Socket(here.getInetAddress(), serverPort), bornSilent);
                links.add(link);
                start(() -> link.pump(link.client, link.server));
                start(() -> link.pump(link.server, link.client));
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        here.close();
        for (Link link : links) {
            link.client.close();
            link.server.close();
        }
    }

    private static final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean silent;

        Link(Socket client, Socket server, boolean silent) {
            this.client = client;
            this.server = server;
            this.silent = silent;
        }

        void pump(Socket from, Socket to) {
            byte[] bytes = new byte[8192];
            try (Socket closesTheOther = to) {
                InputStream in = from.getInputStream();
                OutputStream out = closesTheOther.getOutputStream();
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    if (!silent) {
                        out.write(bytes, 0, read);
                        out.flush();
                    }
                }
            } catch (IOException over) {
                // one end is closed
            }
        }
    }
}
