package io.carabiner.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands between a program and a JSON-RPC endpoint (HTTP and WebSocket on one port, as anvil has it) and shows an
 * observer each request before the endpoint gets it, and each answer before the program gets it. Elements of a batch
 * are shown one by one; if one of them is cut, the whole batch is.
 *
 * <p>Safe for use by many threads; observers are called on the connection's thread and may block.
 */
public final class RpcTap extends Tap {

    private static final JsonMapper JSON = JsonMapper.shared();

    private volatile Function<JsonNode, TapVerdict> beforeRequest = request -> TapVerdict.FORWARD;
    private volatile BiFunction<JsonNode, JsonNode, TapVerdict> beforeAnswer = (request, answer) -> TapVerdict.FORWARD;
    private volatile Consumer<JsonNode> onNotification = notification -> {};

    private RpcTap(int endpointPort) {
        super(endpointPort);
    }

    /** A tap in front of the endpoint on this port of loopback. */
    public static RpcTap inFrontOf(int endpointPort) {
        RpcTap tap = new RpcTap(endpointPort);
        tap.startAccepting();
        return tap;
    }

    /** Where the program finds the endpoint over HTTP. */
    public URI httpUrl() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Where the program finds the endpoint over WebSocket. */
    public URI wsUrl() {
        return URI.create("ws://127.0.0.1:" + port());
    }

    /** Sets who sees each request before the endpoint; {@link TapVerdict#CUT} keeps the endpoint from seeing it. */
    public void beforeRequest(Function<JsonNode, TapVerdict> observer) {
        beforeRequest = observer;
    }

    /** Sets who sees each request with its answer before the program does. */
    public void beforeAnswer(BiFunction<JsonNode, JsonNode, TapVerdict> observer) {
        beforeAnswer = observer;
    }

    /** Sets who sees what the endpoint sends unasked, such as new heads, before the program does. */
    public void onNotification(Consumer<JsonNode> observer) {
        onNotification = observer;
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
        private final Map<String, JsonNode> asked = new ConcurrentHashMap<>();
        private volatile boolean upgrading;

        private Wire(Socket client, Socket server) throws IOException {
            fromClient = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            toClient = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
            fromServer = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            toServer = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
        }

        @Override
        public void clientToServer() throws IOException {
            while (!upgrading) {
                String head = HttpWire.readHead(fromClient);
                if (head == null) {
                    return;
                }
                upgrading = HttpWire.asksForWebSocket(head);
                byte[] body = HttpWire.readBody(fromClient, head, false);
                if (requested(body) == TapVerdict.CUT) {
                    return;
                }
                passHttp(toServer, head, body);
            }
            passFrames(fromClient, toServer, this::requested);
        }

        @Override
        public void serverToClient() throws IOException {
            String head = HttpWire.readHead(fromServer);
            while (head != null) {
                byte[] body = HttpWire.readBody(fromServer, head, true);
                if (answered(body) == TapVerdict.CUT) {
                    return;
                }
                passHttp(toClient, head, body);
                if (upgrading && head.startsWith("HTTP/1.1 101")) {
                    passFrames(fromServer, toClient, this::answered);
                    return;
                }
                head = HttpWire.readHead(fromServer);
            }
        }

        private TapVerdict requested(byte[] message) {
            return each(message, request -> {
                asked.put(request.path("id").toString(), request);
                return beforeRequest.apply(request);
            });
        }

        private TapVerdict answered(byte[] message) {
            return each(message, answer -> {
                if (answer.has("method")) {
                    onNotification.accept(answer);
                    return TapVerdict.FORWARD;
                }
                JsonNode request = asked.remove(answer.path("id").toString());
                return request == null ? TapVerdict.FORWARD : beforeAnswer.apply(request, answer);
            });
        }

        private TapVerdict each(byte[] message, Function<JsonNode, TapVerdict> observer) {
            if (message.length == 0) {
                return TapVerdict.FORWARD;
            }
            JsonNode parsed = JSON.readTree(message);
            boolean cut = false;
            for (JsonNode element :
                    parsed.isArray() ? parsed : JSON.createArrayNode().add(parsed)) {
                cut |= observer.apply(element) == TapVerdict.CUT;
            }
            return cut ? TapVerdict.CUT : TapVerdict.FORWARD;
        }
    }

    /** A chunked body was read whole: it goes on with its length instead. */
    private static void passHttp(DataOutputStream out, String head, byte[] body) throws IOException {
        boolean chunked = HttpWire.header(head, "transfer-encoding").equalsIgnoreCase("chunked");
        out.write(chunked ? HttpWire.headFor(head, body.length) : head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    /** Passes WebSocket frames on; a text message is shown when its last frame has come, before any of it is passed. */
    private static void passFrames(DataInputStream in, DataOutputStream out, Function<byte[], TapVerdict> observer)
            throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (WebSocketFrame frame = WebSocketFrame.read(in); frame != null; frame = WebSocketFrame.read(in)) {
            frames.write(frame.raw());
            if (frame.data()) {
                message.write(frame.payload());
            }
            if (frame.data() && frame.last()) {
                if (observer.apply(message.toByteArray()) == TapVerdict.CUT) {
                    return;
                }
                message.reset();
            }
            if (frame.last()) {
                out.write(frames.toByteArray());
                out.flush();
                frames.reset();
            }
        }
    }
}
