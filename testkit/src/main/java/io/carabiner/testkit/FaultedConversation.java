package io.carabiner.testkit;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.EndpointFault.Falsehood;
import io.carabiner.testkit.EndpointFault.WireFault;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One connection through a {@link RpcFaultProxy}. HTTP goes request by request on the client's thread; after an upgrade
 * each direction has its own.
 */
final class FaultedConversation implements Tap.Conversation {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DRIPS_A_SECOND = 10;

    /** The method of the request that opens a WebSocket, for rules. */
    private static final String UPGRADE = "websocket";

    /** The method of pings, pongs and farewells, for rules. */
    private static final String CONTROL = "control";

    private final RpcFaultProxy proxy;
    private final Socket client;
    private final DataInputStream fromClient;
    private final DataOutputStream toClient;
    private final DataInputStream fromServer;
    private final DataOutputStream toServer;
    private final Map<String, FaultedRequests> asked = new ConcurrentHashMap<>();
    private final CountDownLatch httpOver = new CountDownLatch(1);
    private volatile boolean upgraded;
    /** Nothing is passed on any more. */
    private volatile boolean dead;

    private byte @Nullable [] heldBack;

    FaultedConversation(
            RpcFaultProxy proxy,
            Socket client,
            DataInputStream fromClient,
            DataOutputStream toClient,
            DataInputStream fromServer,
            DataOutputStream toServer) {
        this.proxy = proxy;
        this.client = client;
        this.fromClient = fromClient;
        this.toClient = toClient;
        this.fromServer = fromServer;
        this.toServer = toServer;
    }

    @Override
    public void clientToServer() throws IOException {
        try {
            http();
        } finally {
            httpOver.countDown();
        }
        if (upgraded) {
            frames(fromClient, this::asked, frame -> toServer.write(frame));
        }
    }

    private void http() throws IOException {
        for (String head = HttpWire.readHead(fromClient); head != null; head = HttpWire.readHead(fromClient)) {
            byte[] body = HttpWire.readBody(fromClient, head, false);
            if (HttpWire.asksForWebSocket(head)) {
                upgraded = upgrade(head);
                if (upgraded) {
                    return;
                }
            } else if (body.length == 0) {
                exchange(head, body);
            } else {
                answer(head, FaultedRequests.of(body, proxy.current(), proxy::hashOf));
            }
        }
    }

    private boolean upgrade(String head) throws IOException {
        if (silent(proxy.current().strike(UPGRADE))) {
            return false;
        }
        toServer.write(head.getBytes(StandardCharsets.ISO_8859_1));
        toServer.flush();
        String answer = HttpWire.readHead(fromServer);
        if (answer == null) {
            return false;
        }
        write(answer.getBytes(StandardCharsets.ISO_8859_1));
        return answer.startsWith("HTTP/1.1 101");
    }

    private static boolean silent(List<EndpointFault> faults) {
        return faults.stream()
                .anyMatch(fault -> fault instanceof EndpointFault.Silence || fault instanceof EndpointFault.Hang);
    }

    private void exchange(String head, byte[] body) throws IOException {
        Answer answer = ask(head, body);
        write(HttpWire.headFor(answer.head(), answer.body().length));
        write(answer.body());
    }

    /** What the endpoint answered; head and body. */
    private record Answer(String head, Bytes bytes) {
        byte[] body() {
            return bytes.toArray();
        }
    }

    private Answer ask(String head, byte[] body) throws IOException {
        toServer.write(HttpWire.headFor(head, body.length));
        toServer.write(body);
        toServer.flush();
        String answer = HttpWire.readHead(fromServer);
        if (answer == null) {
            throw new SocketException("the endpoint has gone away");
        }
        return new Answer(answer, Bytes.of(HttpWire.readBody(fromServer, answer, true)));
    }

    private void answer(String head, FaultedRequests requests) throws IOException {
        if (requests.struckBy(EndpointFault.Silence.class).isPresent()
                || requests.struckBy(EndpointFault.Hang.class).isPresent()) {
            return;
        }
        Optional<byte[]> refusal = httpRefusal(requests);
        if (refusal.isPresent()) {
            write(refusal.get());
            return;
        }
        Optional<byte[]> forwarded = requests.forwarded();
        JsonNode real = MissingNode.getInstance();
        if (forwarded.isPresent()) {
            Answer answer = ask(head, forwarded.get());
            real = JSON.readTree(answer.body());
        }
        byte[] told = requests.told(real);
        byte[] start = ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + told.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        deliver(requests, start, told);
    }

    private static Optional<byte[]> httpRefusal(FaultedRequests requests) {
        Optional<byte[]> limited = requests.struckBy(EndpointFault.TooManyRequests.class)
                .map(fault -> plain("429 Too Many Requests", "text/plain", retryAfter(fault), "slow down"));
        return limited.or(() -> requests.struckBy(EndpointFault.NotJson.class)
                .map(fault -> plain(fault.status() + " As Scripted", fault.contentType(), "", fault.body())));
    }

    private static String retryAfter(EndpointFault.TooManyRequests fault) {
        return fault.retryAfterSeconds()
                .map(seconds -> "retry-after: " + seconds + "\r\n")
                .orElse("");
    }

    private static byte[] plain(String status, String contentType, String moreHeaders, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return ("HTTP/1.1 " + status + "\r\ncontent-type: " + contentType + "\r\n" + moreHeaders + "content-length: "
                        + bytes.length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Sends an answer as its faults will have it. */
    private synchronized void deliver(FaultedRequests requests, byte[] start, byte[] body) throws IOException {
        if (requests.struckBy(EndpointFault.ResetAfterSend.class).isPresent()) {
            client.setSoLinger(true, 0);
            client.close();
        } else if (requests.struckBy(EndpointFault.HangMidBody.class).isPresent()) {
            write(start);
            write(Arrays.copyOf(body, body.length / 2));
            dead = true;
        } else if (requests.struckBy(EndpointFault.SlowDrip.class).isPresent()) {
            write(start);
            drip(body, requests.struckBy(EndpointFault.SlowDrip.class).get().bytesPerSecond());
        } else {
            write(start);
            write(body);
        }
    }

    private void drip(byte[] body, int bytesPerSecond) throws IOException {
        int drop = Math.max(1, bytesPerSecond / DRIPS_A_SECOND);
        for (int from = 0; from < body.length; from += drop) {
            write(Arrays.copyOfRange(body, from, Math.min(body.length, from + drop)));
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeSource.system().sleep(Duration.ofSeconds(1).dividedBy(DRIPS_A_SECOND));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private synchronized void write(byte[] bytes) throws IOException {
        if (!dead) {
            toClient.write(bytes);
            toClient.flush();
        }
    }

    @Override
    public void serverToClient() throws IOException {
        try {
            httpOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (upgraded) {
            frames(fromServer, this::answered, this::write);
        }
    }

    private interface Receiver {
        void take(byte[] bytes) throws IOException;
    }

    /** Shows messages to one receiver and hands pings, pongs and farewells to the other. */
    private void frames(DataInputStream in, Receiver messages, Receiver controls) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (WebSocketFrame frame = WebSocketFrame.read(in); frame != null; frame = WebSocketFrame.read(in)) {
            if (!frame.data()) {
                if (!dead && !silent(proxy.current().strike(CONTROL))) {
                    controls.take(frame.raw());
                    toServer.flush();
                }
                continue;
            }
            message.write(frame.payload());
            if (frame.last()) {
                messages.take(message.toByteArray());
                message.reset();
            }
        }
    }

    private void asked(byte[] message) throws IOException {
        FaultedRequests requests = FaultedRequests.of(message, proxy.current(), proxy::hashOf);
        if (requests.struckBy(EndpointFault.HalfOpen.class).isPresent()) {
            dead = true;
        }
        if (dead
                || requests.struckBy(EndpointFault.Silence.class).isPresent()
                || requests.struckBy(EndpointFault.Hang.class).isPresent()) {
            return;
        }
        Optional<EndpointFault.NotJson> notJson = requests.struckBy(EndpointFault.NotJson.class);
        if (notJson.isPresent()) {
            write(WebSocketFrame.text(notJson.get().body().getBytes(StandardCharsets.UTF_8), false));
            return;
        }
        Optional<byte[]> forwarded = requests.forwarded();
        if (forwarded.isEmpty()) {
            tell(requests, requests.told(MissingNode.getInstance()));
            return;
        }
        requests.elements()
                .forEach(element -> asked.put(element.request().path("id").toString(), requests));
        toServer.write(WebSocketFrame.text(forwarded.get(), true));
        toServer.flush();
    }

    private void answered(byte[] message) throws IOException {
        JsonNode parsed = JSON.readTree(message);
        JsonNode first = parsed.isArray() ? parsed.path(0) : parsed;
        FaultedRequests requests = asked.remove(first.path("id").toString());
        if (parsed.has("method")) {
            notified(parsed);
        } else if (requests == null) {
            write(WebSocketFrame.text(message, false));
        } else {
            requests.elements()
                    .forEach(
                            element -> asked.remove(element.request().path("id").toString()));
            tell(requests, requests.told(parsed));
        }
    }

    private void tell(FaultedRequests requests, byte[] told) throws IOException {
        if (silentNow() || requests.struckBy(EndpointFault.Swallowed.class).isPresent()) {
            return;
        }
        byte[] frame = WebSocketFrame.text(told, false);
        deliver(requests, new byte[0], frame);
        if (requests.struckBy(EndpointFault.Twice.class).isPresent()) {
            write(frame);
        }
    }

    /** Answers to what was asked before the silence are swallowed too. */
    private boolean silentNow() {
        return dead || silent(proxy.current().strike(CONTROL));
    }

    private void notified(JsonNode notification) throws IOException {
        List<EndpointFault> faults = proxy.current().strike(FalseAnswers.NOTIFICATION);
        Optional<JsonNode> told = Optional.of(notification);
        boolean twice = false;
        boolean later = false;
        for (EndpointFault fault : faults) {
            switch (fault) {
                case Falsehood falsehood -> told = told.flatMap(one -> FalseAnswers.notification(falsehood, one));
                case EndpointFault.Silence(), EndpointFault.Swallowed(), EndpointFault.Hang() ->
                    told = Optional.empty();
                case EndpointFault.HalfOpen() -> dead = true;
                case EndpointFault.Twice() -> twice = true;
                case EndpointFault.OutOfOrder() -> later = true;
                case EndpointFault.Refusal _ -> {}
                case WireFault _ -> {}
            }
        }
        if (told.isEmpty()) {
            return;
        }
        byte[] frame = WebSocketFrame.text(JSON.writeValueAsBytes(told.get()), false);
        if (later && heldBack == null) {
            heldBack = frame;
            return;
        }
        write(frame);
        if (twice) {
            write(frame);
        }
        if (heldBack != null) {
            write(heldBack);
            heldBack = null;
        }
    }
}
