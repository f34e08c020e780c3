package io.carabiner.localservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Free TCP ports on loopback.
 *
 * <p>A port may be taken by another program between the question and its use, so users of the answer try again.
 */
public final class Ports {

    /** How often a start is tried again on another port after losing one to another program. */
    static final int ATTEMPTS_MAX = 5;

    private Ports() {}

    /** The preferred port where it is free, else any free one; 0 prefers none. */
    public static int free(int preferred) {
        return preferred != 0 && isFree(preferred) ? preferred : any();
    }

    /** Whether nothing listens on this port of 127.0.0.1. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int any() {
        try (ServerSocket socket = listen(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalServerException(
                    "NO_FREE_PORT", "No free TCP port on 127.0.0.1: end programs that hold many.", e);
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
    }
}
