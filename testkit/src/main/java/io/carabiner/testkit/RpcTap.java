package io.carabiner.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
    private static final int HEAD_LIMIT_BYTES = 64 << 10;
    private static final int BODY_LIMIT_BYTES = 256 << 20;

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
                String head = readHead(fromClient);
                if (head == null) {
                    return;
                }
                upgrading = header(head, "upgrade").equalsIgnoreCase("websocket");
                byte[] body = readBody(fromClient, head, false);
                if (requested(body) == TapVerdict.CUT) {
                    return;
                }
                passHttp(toServer, head, body);
            }
            passFrames(fromClient, toServer, this::requested);
        }

        @Override
        public void serverToClient() throws IOException {
            String head = readHead(fromServer);
            while (head != null) {
                byte[] body = readBody(fromServer, head, true);
                if (answered(body) == TapVerdict.CUT) {
                    return;
                }
                passHttp(toClient, head, body);
                if (upgrading && head.startsWith("HTTP/1.1 101")) {
                    passFrames(fromServer, toClient, this::answered);
                    return;
                }
                head = readHead(fromServer);
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

    private static @Nullable String readHead(DataInputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
            if (head.size() > HEAD_LIMIT_BYTES) {
                throw new IOException("the head of an HTTP message is longer than " + HEAD_LIMIT_BYTES + " bytes");
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] readBody(DataInputStream in, String head, boolean answer) throws IOException {
        if (answer && head.startsWith("HTTP/1.1 1")) {
            return new byte[0];
        }
        if (header(head, "transfer-encoding").equalsIgnoreCase("chunked")) {
            return readChunks(in);
        }
        String length = header(head, "content-length");
        return length.isEmpty() ? new byte[0] : in.readNBytes(Math.min(Integer.parseInt(length), BODY_LIMIT_BYTES));
    }

    private static byte[] readChunks(DataInputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(readLine(in), 16);
            body.write(in.readNBytes(size));
            readLine(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String readLine(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("in a chunk");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** The value of a header, or an empty text. */
    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** A chunked body was read whole: it goes on with its length instead. */
    private static void passHttp(DataOutputStream out, String head, byte[] body) throws IOException {
        String plain = head.replaceFirst("(?i)transfer-encoding: *chunked", "content-length: " + body.length);
        out.write(plain.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    /** Passes WebSocket frames on; a text message is shown when its last frame has come, before any of it is passed. */
    private static void passFrames(DataInputStream in, DataOutputStream out, Function<byte[], TapVerdict> observer)
            throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int first = in.read(); first >= 0; first = in.read()) {
            byte[] payload = copyFrame(in, first, frames);
            boolean data = (first & 0x0f) <= 2;
            if (data) {
                message.write(payload);
            }
            boolean last = (first & 0x80) != 0;
            if (data && last) {
                if (observer.apply(message.toByteArray()) == TapVerdict.CUT) {
                    return;
                }
                message.reset();
            }
            if (last) {
                out.write(frames.toByteArray());
                out.flush();
                frames.reset();
            }
        }
    }

    /** Copies one frame as it is, and answers its payload without the mask. */
    private static byte[] copyFrame(DataInputStream in, int first, ByteArrayOutputStream to) throws IOException {
        DataOutputStream copy = new DataOutputStream(to);
        copy.write(first);
        int second = in.readUnsignedByte();
        copy.write(second);
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
            copy.writeShort((int) length);
        } else if (length == 127) {
            length = in.readLong();
            copy.writeLong(length);
        }
        if (length < 0 || length > BODY_LIMIT_BYTES) {
            throw new IOException("a WebSocket frame of " + length + " bytes");
        }
        byte[] mask = (second & 0x80) != 0 ? in.readNBytes(Integer.BYTES) : new byte[Integer.BYTES];
        if ((second & 0x80) != 0) {
            copy.write(mask);
        }
        byte[] payload = in.readNBytes((int) length);
        copy.write(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % Integer.BYTES];
        }
        return payload;
    }
}
