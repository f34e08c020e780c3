package io.carabiner.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Stands between a program and PostgreSQL and tells an observer of each commit: just before the server is asked for
 * it, and just after it has been made, before the program knows. So a test can kill the program at exactly that moment.
 *
 * <p>Reads the protocol of version 3 without encryption. Safe for use by many threads; observers are called on the
 * connection's thread and may block.
 */
public final class PostgresTap extends Tap {

    private static final int SSL_REQUEST = 80_877_103;
    private static final int MESSAGE_LIMIT_BYTES = 64 << 20;

    private volatile Function<List<String>, TapVerdict> beforeCommit = statements -> TapVerdict.FORWARD;
    private volatile Function<List<String>, TapVerdict> afterCommit = statements -> TapVerdict.FORWARD;

    private final FrozenClient client = new FrozenClient();

    private PostgresTap(int serverPort) {
        super(serverPort);
    }

    /** A tap in front of the server on this port of loopback. */
    public static PostgresTap inFrontOf(int serverPort) {
        PostgresTap tap = new PostgresTap(serverPort);
        tap.startAccepting();
        return tap;
    }

    /**
     * Sets who is told before a commit reaches the server; {@link TapVerdict#CUT} keeps it from reaching it.
     *
     * @param observer given the SQL of the transaction's statements in order
     */
    public void beforeCommit(Function<List<String>, TapVerdict> observer) {
        beforeCommit = observer;
    }

    /**
     * Sets who is told after the server has committed, before the program hears of it; {@link TapVerdict#CUT} keeps it
     * from hearing of it.
     */
    public void afterCommit(Function<List<String>, TapVerdict> observer) {
        afterCommit = observer;
    }

    /**
     * Freezes the program the next time it executes a statement, as {@code SIGSTOP} between two writes to the socket
     * does: the server has executed the statement, has half of the message behind it, and hears nothing more from the
     * program, on any connection, until {@link #thaw}.
     *
     * @param statement told the SQL of each statement, also {@code BEGIN} and {@code COMMIT}
     */
    public void freezeInside(Predicate<String> statement) {
        client.freezeInside(statement);
    }

    /**
     * Passes nothing more from the program to the server, on any connection, until {@link #thaw}: as a cable does that
     * was cut, neither side is told.
     */
    public void freeze() {
        client.freeze();
    }

    /** Waits until the program is frozen. */
    public void awaitFrozen() throws InterruptedException {
        client.awaitFrozen();
    }

    /** Lets the program go on where it was frozen. */
    public void thaw() {
        client.thaw();
    }

    @Override
    Conversation converse(Socket client, Socket server) throws IOException {
        return new Wire(client, server);
    }

    private final class Wire implements Conversation {

        private final DataInputStream fromClient;
        private final DataOutputStream toClient;
        private final DataInputStream fromServer;
        private final DataOutputStream toServer;

        /** Only the client's direction knows statements; commits travel to the other one in order. */
        private final Map<String, String> prepared = new HashMap<>();

        private String executing = "";
        private final List<String> transaction = new ArrayList<>();
        private final ConcurrentLinkedQueue<List<String>> committing = new ConcurrentLinkedQueue<>();

        private Wire(Socket client, Socket server) throws IOException {
            fromClient = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            toClient = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
            fromServer = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            toServer = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
        }

        @Override
        public void clientToServer() throws IOException {
            client.awaitThawed();
            if (!passStartup()) {
                return;
            }
            boolean freezeHere = false;
            for (int type = fromClient.read(); type >= 0; type = fromClient.read()) {
                byte[] body = readBody(fromClient, fromClient.readInt());
                client.awaitThawed();
                if (seenFromClient((char) type, body) == TapVerdict.CUT) {
                    return;
                }
                if (freezeHere) {
                    passHalves(type, body);
                    freezeHere = false;
                } else {
                    pass(toServer, type, body, fromClient.available() == 0);
                    freezeHere = type == 'E' && client.isToFreezeIn(executing);
                }
            }
        }

        private void passHalves(int type, byte[] body) throws IOException {
            byte[] message = ByteBuffer.allocate(1 + Integer.BYTES + body.length)
                    .put((byte) type)
                    .putInt(Integer.BYTES + body.length)
                    .put(body)
                    .array();
            int half = message.length / 2;
            toServer.write(message, 0, half);
            toServer.flush();
            client.freeze();
            client.awaitThawed();
            toServer.write(message, half, message.length - half);
            toServer.flush();
        }

        /** The first message has no type; encryption is refused here, so that the rest can be read. */
        private boolean passStartup() throws IOException {
            while (true) {
                int length;
                try {
                    length = fromClient.readInt();
                } catch (EOFException e) {
                    return false;
                }
                byte[] body = readBody(fromClient, length);
                if (body.length == Integer.BYTES && ByteBuffer.wrap(body).getInt() == SSL_REQUEST) {
                    toClient.write('N');
                    toClient.flush();
                    continue;
                }
                toServer.writeInt(length);
                toServer.write(body);
                toServer.flush();
                return true;
            }
        }

        private TapVerdict seenFromClient(char type, byte[] body) {
            ByteBuffer text = ByteBuffer.wrap(body);
            return switch (type) {
                case 'P' -> {
                    prepared.put(cString(text), cString(text));
                    yield TapVerdict.FORWARD;
                }
                case 'B' -> {
                    cString(text);
                    yield executed(prepared.getOrDefault(cString(text), ""));
                }
                case 'Q' -> executed(cString(text));
                default -> TapVerdict.FORWARD;
            };
        }

        private TapVerdict executed(String sql) {
            executing = sql;
            if (sql.equalsIgnoreCase("BEGIN") || sql.toUpperCase(Locale.ROOT).startsWith("BEGIN ")) {
                transaction.clear();
                return TapVerdict.FORWARD;
            }
            if (!sql.equalsIgnoreCase("COMMIT")) {
                transaction.add(sql);
                return TapVerdict.FORWARD;
            }
            List<String> statements = List.copyOf(transaction);
            transaction.clear();
            committing.add(statements);
            return beforeCommit.apply(statements);
        }

        @Override
        public void serverToClient() throws IOException {
            for (int type = fromServer.read(); type >= 0; type = fromServer.read()) {
                byte[] body = readBody(fromServer, fromServer.readInt());
                if (type == 'C' && cString(ByteBuffer.wrap(body)).equals("COMMIT") && committed() == TapVerdict.CUT) {
                    return;
                }
                pass(toClient, type, body, fromServer.available() == 0);
            }
        }

        private TapVerdict committed() {
            List<String> statements = committing.poll();
            return statements == null ? TapVerdict.FORWARD : afterCommit.apply(statements);
        }

        private static byte[] readBody(DataInputStream in, int length) throws IOException {
            if (length < Integer.BYTES || length > MESSAGE_LIMIT_BYTES) {
                throw new IOException("not a PostgreSQL message: its length is " + length);
            }
            return in.readNBytes(length - Integer.BYTES);
        }

        private static void pass(DataOutputStream out, int type, byte[] body, boolean flush) throws IOException {
            out.write(type);
            out.writeInt(body.length + Integer.BYTES);
            out.write(body);
            if (flush) {
                out.flush();
            }
        }

        private static String cString(ByteBuffer from) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (byte next = from.get(); next != 0; next = from.get()) {
                text.write(next);
            }
            return text.toString(StandardCharsets.UTF_8);
        }
    }
}
