package io.carabiner.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server on loopback that passes each connection on to another one, reading along. What it reads is the subclass's
 * business. One virtual thread a direction; safe for use by many threads.
 */
abstract class Tap implements AutoCloseable {

    private static final int BACKLOG_CONNECTIONS = 100;

    private final ServerSocket listener;
    private final int upstreamPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Tap(int upstreamPort) {
        this.upstreamPort = upstreamPort;
        try {
            listener = new ServerSocket(0, BACKLOG_CONNECTIONS, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final void startAccepting() {
        Thread.ofVirtual().name("tap-" + listener.getLocalPort()).start(this::accept);
    }

    /** The port on loopback to connect to. */
    public final int port() {
        return listener.getLocalPort();
    }

    /** Ends all connections that are open now; new ones are accepted. */
    public final void cutConnections() {
        open.forEach(Tap::closeQuietly);
    }

    /** Ends all connections and accepts no more. */
    @Override
    public final void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutConnections();
    }

    /** Makes the two readers of a new connection. */
    abstract Conversation converse(Socket client, Socket server) throws IOException;

    /** Both directions of one connection; each method returns when its direction has ended. */
    interface Conversation {

        void clientToServer() throws IOException;

        void serverToClient() throws IOException;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), upstreamPort);
        } catch (IOException e) {
            client.close();
            return;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        Conversation conversation = converse(client, server);
        Thread.ofVirtual().start(() -> run(conversation::clientToServer, client, server));
        Thread.ofVirtual().start(() -> run(conversation::serverToClient, client, server));
    }

    private interface Direction {
        void run() throws IOException;
    }

    private void run(Direction direction, Socket client, Socket server) {
        try {
            direction.run();
        } catch (SocketException e) {
            // One side has gone away: the other is told by closing it, below.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closeQuietly(client);
            closeQuietly(server);
            open.remove(client);
            open.remove(server);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
