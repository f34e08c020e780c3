package io.carabiner.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carabiner.primitives.ChainId;
import io.carabiner.testkit.FakeRpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WebSocketTransportTest {

    private static final RpcLimits LIMITS = new RpcLimits(
            Duration.ofSeconds(2), Duration.ofMillis(500), 10_000, Duration.ofMillis(10), Duration.ofMillis(50), 5);

    private FakeRpc server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeRpc();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private WebSocketTransport transport(RpcLimits limits) {
        return new WebSocketTransport(
                new EndpointUrl("main", "WSURL", server.wsUri()), limits, Optional.of(ChainId.of(1337)));
    }

    private RpcException failing(WebSocketTransport transport) {
        return catchThrowableOfType(RpcException.class, () -> transport.exchange(List.of(RpcCall.of("echo", 1))));
    }

    private String masked() {
        return "RPC endpoint main (ws://127.0.0.1:" + server.port() + "): ";
    }

    @Test
    void manyCallsOnOneConnection_getTheirOwnAnswers() throws InterruptedException {
        server.answering(call -> call.path("method").asString().equals("echo")
                ? call.path("params").path(0).toString()
                : "\"0x539\"");
        List<Integer> wrong = new CopyOnWriteArrayList<>();
        try (WebSocketTransport transport = transport(RpcLimits.DEFAULTS)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 200; i += 2) {
                int number = i;
                threads.add(Thread.ofVirtual().start(() -> {
                    List<RpcReply> replies = transport
                            .exchange(List.of(RpcCall.of("echo", number), RpcCall.of("echo", number + 1)))
                            .replies();
                    for (int place = 0; place < 2; place++) {
                        if (((RpcReply.Result) replies.get(place)).value().asInt() != number + place) {
                            wrong.add(number);
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(server.heads()).hasSize(1);
    }

    @Test
    void httpOnlyEndpoint_saysThatThisIsNoWebSocketAddress() {
        server.refusingWebSockets();
        try (WebSocketTransport transport = transport(LIMITS)) {
            assertThat(failing(transport))
                    .hasMessage(
                            masked() + "the WebSocket handshake was answered with HTTP status 400: check that WSURL is"
                                    + " a WebSocket address");
        }
    }

    @Test
    void hostNameWithUnderscore_isCalled() {
        URI uri = URI.create("ws://geth_node:" + server.port());
        try (WebSocketTransport transport = new WebSocketTransport(
                new EndpointUrl("main", "WSURL", uri),
                LIMITS,
                Optional.of(ChainId.of(1337)),
                host -> InetAddress.getLoopbackAddress())) {
            assertThat(transport.exchange(List.of(RpcCall.of("echo", 1))).replies())
                    .hasSize(1);
        }
    }

    @Test
    void wrongChain_isNoticedOnEachNewConnection() throws IOException {
        server.answering(call -> "\"0x539\"");
        try (WebSocketTransport transport = transport(LIMITS)) {
            assertThat(transport.exchange(List.of(RpcCall.of("echo", 1))).replies())
                    .hasSize(1);
            server.answering(call -> "\"0x5\"");
            server.cut();
            RpcException first = failing(transport);
            RpcException second = first.fault() == RpcFault.WRONG_CHAIN ? first : failing(transport);
            assertThat(second)
                    .hasMessage(masked() + "serves chain 5, but ChainID is 1337: check WSURL; the endpoint is not used"
                            + " until it serves chain 1337");
        }
    }

    @Test
    void silence_endsTheConnection_andTheNextCallMakesANewOne() {
        server.answering(call -> call.path("method").asString().equals("echo") ? null : "\"0x539\"");
        try (WebSocketTransport transport = transport(LIMITS)) {
            assertThat(failing(transport)).hasMessage(masked() + "no answer within 500 ms; the node tries again");
            server.answering(call -> "\"0x539\"");
            assertThat(transport.exchange(List.of(RpcCall.of("echo", 1))).replies())
                    .hasSize(1);
            assertThat(server.heads()).hasSize(2);
        }
    }

    @Test
    void hugeMessage_isRefusedAtTheNamedLimit() {
        server.answering(
                call -> call.path("method").asString().equals("echo") ? "\"" + "x".repeat(20_000) + "\"" : "\"0x539\"");
        try (WebSocketTransport transport = transport(LIMITS)) {
            assertThat(failing(transport))
                    .hasMessage(masked() + "the answer is larger than 10000 bytes, the most that is taken");
        }
    }
}
