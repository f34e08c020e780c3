package io.carabiner.bench;

import io.carabiner.pipeline.Pipeline;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.SynchronousQueue;

/** A server that answers each request on loopback with the bytes it was given last, and closes. */
final class Answering {

    private static final int BACKLOG = 16;
    private static final SynchronousQueue<byte[]> ANSWERS = new SynchronousQueue<>();
    private static final Pipeline GRAPH = start();

    private Answering() {}

    /** A graph whose only task asks the server once and gets these bytes. */
    static Pipeline graph(byte[] answer) {
        Thread.ofVirtual().start(() -> {
            try {
                ANSWERS.put(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return GRAPH;
    }

    private static Pipeline start() {
        try {
            ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
            Thread.ofVirtual().start(() -> serve(server));
            return Pipeline.parse("t [type=http url=\"http://127.0.0.1:" + server.getLocalPort() + "/\"]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(ServerSocket server) {
        boolean wanted = true;
        while (wanted) {
            try (Socket socket = server.accept()) {
                while (socket.getInputStream().read() != '\n') {
                    // The request line is enough.
                }
                OutputStream out = socket.getOutputStream();
                out.write(ANSWERS.take());
                out.flush();
                socket.shutdownOutput();
                while (socket.getInputStream().read() >= 0) {
                    // Let the client read all.
                }
            } catch (IOException e) {
                wanted = !server.isClosed(); // else only the client has closed first
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                wanted = false;
            }
        }
    }
}
