package io.carabiner.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A server that says what it is told to, whatever it is asked. Byte for byte: its texts are Latin-1. */
final class ScriptedServer implements AutoCloseable {

    /**
     * What it does on each connection.
     *
     * @param answer the first bytes, repeated so often
     * @param tail what follows, repeated so often
     * @param drip the pause between two repetitions of the tail
     * @param keepOpen whether the connection stays open in silence afterwards
     * @param again whether further requests on the connection are answered too
     * @param immediately whether it answers the first byte instead of the first request
     */
    record Script(
            String answer,
            int repeat,
            String tail,
            int tailRepeat,
            Duration drip,
            boolean keepOpen,
            boolean again,
            boolean immediately) {

        static Script of(String answer) {
            return new Script(answer, 1, "", 0, Duration.ZERO, false, false, false);
        }
    }

    private final ServerSocket server;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 16, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().name("scripted server").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The heads of all requests so far. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().name("scripted connection").start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            do {
                requests.add(request(socket.getInputStream()));
                answer(socket.getOutputStream());
            } while (script.again());
            if (!script.keepOpen()) {
                socket.shutdownOutput();
            }
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client has had enough: that is what most scripts are for.
            return;
        }
    }

    private String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
            if (script.immediately()) {
                break;
            }
        }
        return head.toString();
    }

    private void answer(OutputStream out) throws IOException {
        out.write(script.answer().repeat(script.repeat()).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        if (script.drip().isZero()) {
            out.write(script.tail().repeat(script.tailRepeat()).getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return;
        }
        for (int i = 0; i < script.tailRepeat(); i++) {
            LockSupport.parkNanos(script.drip().toNanos());
            out.write(script.tail().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
