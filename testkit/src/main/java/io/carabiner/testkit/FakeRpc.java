package io.carabiner.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON-RPC server that misbehaves as told, over HTTP and WebSocket on one loopback port. Its answers are made from
 * raw bytes, so that headers can lie and bodies can stop halfway.
 */
public final class FakeRpc implements Closeable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What goes back for one HTTP request body or WebSocket message; null answers nothing and keeps the line open. */
    public interface Behaviour extends Function<JsonNode, byte @Nullable []> {}

    private static final char TLS_HANDSHAKE = 0x16;

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<OutputStream> webSockets = new CopyOnWriteArrayList<>();
    private final List<String> methods = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile Behaviour http;
    private volatile Function<JsonNode, @Nullable String> calls;
    private volatile boolean acceptWebSockets = true;
    private volatile boolean stayOpen;

    /** On a free port; every call is answered with chain id 1337. */
    public FakeRpc() throws IOException {
        this(0);
    }

    /** On this port. */
    public FakeRpc(int port) throws IOException {
        server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        calls = call -> "\"0x539\"";
        http = this::answered;
        Thread.ofVirtual().start(this::acceptAll);
    }

    public URI httpUri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public URI wsUri() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort());
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Answers each call with a result as JSON text, or with the text of an error object if it starts with "error:". */
    public FakeRpc answering(Function<JsonNode, @Nullable String> byCall) {
        calls = byCall;
        http = this::answered;
        return this;
    }

    /** Answers every HTTP request with these bytes. */
    public FakeRpc raw(Behaviour behaviour) {
        http = behaviour;
        return this;
    }

    /** Keeps a connection open even when its answer was shorter than announced. */
    public void stayOpen() {
        stayOpen = true;
    }

    public FakeRpc refusingWebSockets() {
        acceptWebSockets = false;
        return this;
    }

    /** What a real endpoint answers to the same request. */
    public static String forward(URI target, JsonNode request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest post = HttpRequest.newBuilder(target)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                    .build();
            return client.send(post, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All methods called so far, in order. */
    public List<String> methods() {
        return methods;
    }

    /** The request heads (request line and headers) seen so far. */
    public List<String> heads() {
        return heads;
    }

    public static byte[] ok(String body) {
        return response(200, "application/json", body, body.getBytes(StandardCharsets.UTF_8).length);
    }

    public static byte[] status(int status, String extraHeader, String body) {
        String head = "HTTP/1.1 " + status + " Told So\r\n" + extraHeader + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** A response that may announce more bytes than it has. */
    public static byte[] response(int status, String type, String body, int announced) {
        return ("HTTP/1.1 " + status + " Told So\r\nContent-Type: " + type + "\r\nContent-Length: " + announced
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte @Nullable [] answered(JsonNode request) {
        @Nullable String answer = answer(request);
        return answer == null ? null : ok(answer);
    }

    /** The answer to an object or a batch by the scripted calls; null if a call is scripted to hang. */
    public @Nullable String answer(JsonNode request) {
        if (!request.isArray()) {
            return answerOne(request);
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode call : request) {
            @Nullable String part = answerOne(call);
            if (part != null) {
                parts.add(part);
            }
        }
        return "[" + String.join(",", parts) + "]";
    }

    private @Nullable String answerOne(JsonNode call) {
        @Nullable String said = calls.apply(call);
        if (said == null) {
            return null;
        }
        ObjectNode object = JSON.createObjectNode().put("jsonrpc", "2.0");
        object.set("id", call.path("id"));
        boolean error = said.startsWith("error:");
        object.set(error ? "error" : "result", JSON.readTree(error ? said.substring(6) : said));
        return object.toString();
    }

    /** Sends a notification on every open WebSocket. */
    public void push(String text) {
        webSockets.removeIf(out -> !pushed(out, text));
    }

    private static boolean pushed(OutputStream out, String text) {
        try {
            writeFrame(out, 1, text.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int webSocketCount() {
        return webSockets.size();
    }

    /** Cuts all connections; new ones are taken. */
    public void cut() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
        webSockets.clear();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (serveRequest(socket, in)) {
                // The next request on the same connection.
            }
        } catch (IOException e) {
            open.remove(socket);
        }
    }

    private boolean serveRequest(Socket socket, InputStream in) throws IOException {
        String head = readHead(in);
        if (head.isEmpty()) {
            return false;
        }
        heads.add(head);
        OutputStream out = socket.getOutputStream();
        if (head.equals("TLS")) {
            out.write(status(400, "", "plain HTTP only"));
            out.flush();
            return false;
        }
        if (head.toLowerCase(Locale.ROOT).contains("upgrade: websocket")) {
            serveWebSocket(head, in, out);
            return false;
        }
        byte[] body = in.readNBytes(Integer.parseInt(header(head, "Content-Length")));
        byte @Nullable [] response = http.apply(note(JSON.readTree(body)));
        if (response == null) {
            return true;
        }
        out.write(response);
        out.flush();
        int announced = Integer.parseInt(header(new String(response, StandardCharsets.UTF_8), "Content-Length"));
        return stayOpen || response.length >= announced;
    }

    private JsonNode note(JsonNode request) {
        Iterable<JsonNode> all = request.isArray() ? request : List.of(request);
        all.forEach(call -> methods.add(call.path("method").asString()));
        return request;
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int next;
        while ((next = in.read()) >= 0) {
            head.append((char) next);
            if (head.charAt(0) == TLS_HANDSHAKE) {
                return "TLS";
            }
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private static String header(String head, String name) {
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "0";
    }

    private void serveWebSocket(String head, InputStream in, OutputStream out) throws IOException {
        if (!acceptWebSockets) {
            out.write(status(400, "", "no"));
            out.flush();
            return;
        }
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept(header(head, "Sec-WebSocket-Key")) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        webSockets.add(out);
        DataInputStream frames = new DataInputStream(in);
        while (true) {
            @Nullable String text = readText(frames);
            if (text == null) {
                webSockets.remove(out);
                return;
            }
            @Nullable String answer = answer(note(JSON.readTree(text)));
            if (answer != null) {
                writeFrame(out, 1, answer.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One whole text message, or null when the client closes. */
    private static @Nullable String readText(DataInputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int first = in.read();
            if (first < 0 || (first & 0x0f) == 8) {
                return null;
            }
            int second = in.readUnsignedByte();
            long length = second & 0x7f;
            length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(Math.toIntExact(length));
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            message.write(payload);
            if ((first & 0x80) != 0) {
                return message.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private static void writeFrame(OutputStream out, int opcode, byte[] payload) throws IOException {
        synchronized (out) {
            out.write(0x80 | opcode);
            if (payload.length < 126) {
                out.write(payload.length);
            } else if (payload.length < 65536) {
                out.write(126);
                out.write(payload.length >> 8);
                out.write(payload.length);
            } else {
                out.write(127);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    out.write((int) ((long) payload.length >> shift));
                }
            }
            out.write(payload);
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
