package io.carabiner.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A line to a server of this machine on which everything that is sent to it arrives late. */
final class SlowLine implements AutoCloseable {

    private static final int BACKLOG = 200;
    private static final int CHUNK_BYTES = 1 << 16;

    private final int target;
    private final ServerSocket listener;
    private final AtomicLong delayMillis = new AtomicLong();

    private SlowLine(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    static SlowLine to(int target) {
        try {
            SlowLine line = new SlowLine(target);
            Thread.ofVirtual().start(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How late each thing arrives from now on: once for each that the client sends and waits for. */
    void delay(long millis) {
        delayMillis.set(millis);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pass(client, server, true));
                Thread.ofVirtual().start(() -> pass(server, client, false));
            } catch (IOException e) {
                // The server refuses, or the line is closed: the client finds its connection ended.
            }
        }
    }

    private void pass(Socket from, Socket to, boolean late) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (late) {
                    TimeUnit.MILLISECONDS.sleep(delayMillis.get());
                }
                out.write(chunk, 0, count);
            }
        } catch (IOException e) {
            // One side has gone: both are closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
