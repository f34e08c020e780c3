package io.carabiner.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carabiner.testkit.FakeRpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTransportTest {

    private static final RpcLimits LIMITS = new RpcLimits(
            Duration.ofSeconds(2), Duration.ofMillis(400), 10_000, Duration.ofMillis(10), Duration.ofMillis(50), 5);

    private FakeRpc server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeRpc();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private HttpTransport to(URI uri) {
        return to(uri, LIMITS);
    }

    private HttpTransport to(URI uri, RpcLimits limits) {
        return new HttpTransport(new EndpointUrl("main", "HTTPURL", uri), limits);
    }

    private RpcException failing(URI uri) {
        return failing(uri, LIMITS);
    }

    private RpcException failing(URI uri, RpcLimits limits) {
        try (HttpTransport transport = to(uri, limits)) {
            return catchThrowableOfType(
                    RpcException.class, () -> transport.exchange(List.of(RpcCall.of("eth_blockNumber"))));
        }
    }

    private String masked() {
        return "RPC endpoint main (http://127.0.0.1:" + server.port() + "): ";
    }

    @Test
    void call_givesTheResult() {
        server.answering(call -> "\"0x10\"");
        try (HttpTransport transport = to(server.httpUri())) {
            RpcReply reply = transport
                    .exchange(List.of(RpcCall.of("eth_blockNumber")))
                    .replies()
                    .getFirst();
            assertThat(((RpcReply.Result) reply).value().asString()).isEqualTo("0x10");
        }
    }

    @Test
    void hostNameWithUnderscore_isCalled() {
        URI uri = URI.create("http://user:geheim@geth_node:" + server.port() + "/v1?x=1");
        EndpointUrl url = new EndpointUrl("main", "HTTPURL", uri);
        try (HttpTransport transport = new HttpTransport(url, LIMITS, host -> {
            assertThat(host).isEqualTo("geth_node");
            return InetAddress.getLoopbackAddress();
        })) {
            assertThat(transport.exchange(List.of(RpcCall.of("a"))).replies()).hasSize(1);
        }
        assertThat(server.heads().getFirst())
                .startsWith("POST /v1?x=1 HTTP/1.1")
                .contains("Authorization: Basic dXNlcjpnZWhlaW0=");
        assertThat(url.masked()).isEqualTo("http://geth_node:" + server.port() + "/…");
    }

    @Test
    void hostNameWithUnderscore_thatIsUnknownOrNeedsTls_isRefusedInOneSentence() {
        assertThat(failing(URI.create("http://no_such_host.invalid:8545")))
                .hasMessage("RPC endpoint main (http://no_such_host.invalid:8545): host no_such_host.invalid not found:"
                        + " check the host name in HTTPURL");
        assertThat(failing(URI.create("https://my_node:8545")))
                .hasMessageContaining("a certificate cannot be checked for a host name with an underscore");
    }

    @Test
    void batch_keepsOrderAndEachElementsOwnFault() {
        server.answering(call -> switch (call.path("method").asString()) {
            case "a" -> "1";
            case "b" -> "error:{\"code\":-32000,\"message\":\"no b\",\"data\":\"0xdead\"}";
            case "c" -> null;
            default -> "4";
        });
        try (HttpTransport transport = to(server.httpUri())) {
            List<RpcReply> replies = transport
                    .exchange(List.of(RpcCall.of("a"), RpcCall.of("b"), RpcCall.of("c"), RpcCall.of("d")))
                    .replies();
            assertThat(((RpcReply.Result) replies.get(0)).value().asInt()).isEqualTo(1);
            assertThat(replies.get(1))
                    .isEqualTo(new RpcReply.Failure(new RpcError(-32000, "no b", Optional.of("\"0xdead\""))));
            assertThat(replies.get(2)).isEqualTo(new RpcReply.Missing());
            assertThat(((RpcReply.Result) replies.get(3)).value().asInt()).isEqualTo(4);
        }
    }

    @Test
    void batchRefusedAsAWhole_failsEveryCall() {
        server.raw(request -> FakeRpc.ok(
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"batch too large\"}}"));
        try (HttpTransport transport = to(server.httpUri())) {
            assertThat(transport
                            .exchange(List.of(RpcCall.of("a"), RpcCall.of("b")))
                            .replies())
                    .containsOnly(new RpcReply.Failure(new RpcError(-32600, "batch too large", Optional.empty())));
        }
    }

    @Test
    void errorObjectWithStatus400_isReadAsErrorObject() {
        server.raw(request -> FakeRpc.status(
                400, "", "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"bad block\"}}"));
        try (HttpTransport transport = to(server.httpUri())) {
            assertThat(transport.exchange(List.of(RpcCall.of("a"))).replies())
                    .containsExactly(new RpcReply.Failure(new RpcError(-32602, "bad block", Optional.empty())));
        }
    }

    @Test
    void wrongHostName_isNamed() {
        RpcException fault = failing(URI.create("http://no-such-host.invalid:8545"));
        assertThat(fault)
                .hasMessage("RPC endpoint main (http://no-such-host.invalid:8545): host no-such-host.invalid not found:"
                        + " check the host name in HTTPURL");
        assertThat(fault.code()).isEqualTo("RPC_UNREACHABLE");
    }

    @Test
    void wrongPort_isConnectionRefused() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(failing(URI.create("http://127.0.0.1:" + port)))
                .hasMessage(
                        "RPC endpoint main (http://127.0.0.1:" + port + "): connection refused: check that the endpoint"
                                + " runs and that HTTPURL has the right host and port");
    }

    @Test
    void webPage_isNotJsonRpc() {
        server.raw(request -> FakeRpc.response(200, "text/html", "<html>hello</html>", 18));
        assertThat(failing(server.httpUri()))
                .hasMessage(masked() + "the answer is a web page, not JSON-RPC: check that HTTPURL is the address of a"
                        + " JSON-RPC endpoint");
    }

    @Test
    void wrongKey_isNamedAndNeverShown() {
        server.raw(request -> FakeRpc.status(401, "", "<html>denied</html>"));
        URI withKey = URI.create("http://user:geheim@127.0.0.1:" + server.port() + "/v3/secretkey?token=abc");
        RpcException fault = failing(withKey);
        assertThat(fault)
                .hasMessage("RPC endpoint main (http://127.0.0.1:" + server.port()
                        + "/…): HTTP status 401: the endpoint refuses the key: check user, password or key in HTTPURL");
        assertThat(server.heads().getFirst()).contains("Authorization: Basic dXNlcjpnZWhlaW0=");
    }

    @Test
    void wrongPath_isNamed() {
        server.raw(request -> FakeRpc.status(404, "", "not here"));
        assertThat(failing(server.httpUri()))
                .hasMessage(masked() + "HTTP status 404: nothing speaks JSON-RPC at this path: check HTTPURL");
    }

    @Test
    void httpsOnAPlainPort_saysSo() {
        // The first TLS handshake of a process loads much; the short timeout of these tests is for silence.
        RpcException fault = failing(URI.create("https://127.0.0.1:" + server.port()), RpcLimits.DEFAULTS);
        assertThat(fault).hasMessageContaining("check whether HTTPURL should start with http://");
    }

    @Test
    void tooManyRequests_keepsTheAskedPause() {
        server.raw(request -> FakeRpc.status(429, "Retry-After: 7\r\n", ""));
        RpcException fault = failing(server.httpUri());
        assertThat(fault).isInstanceOf(RateLimitedException.class).hasMessageContaining("too many requests (HTTP 429)");
        assertThat(((RateLimitedException) fault).pause()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void overload_isTheEndpointsTrouble() {
        server.raw(request -> FakeRpc.status(503, "", "<html>busy</html>"));
        assertThat(failing(server.httpUri()))
                .hasMessage(masked() + "HTTP status 503: the endpoint is in trouble; the node tries again");
    }

    @Test
    void silence_isATimeout() {
        server.raw(request -> null);
        assertThat(failing(server.httpUri())).hasMessage(masked() + "no answer within 400 ms; the node tries again");
    }

    @Test
    void silenceInTheMiddleOfTheAnswer_isATimeoutToo() {
        server.raw(request -> FakeRpc.response(200, "application/json", "{\"jsonrpc\":" + " ".repeat(100), 200));
        server.stayOpen();
        assertThat(failing(server.httpUri())).hasMessage(masked() + "no answer within 400 ms; the node tries again");
    }

    @Test
    void cutOffAnswer_saysSo() {
        server.raw(request -> FakeRpc.ok("{\"jsonrpc\":\"2.0\",\"id\":1,\"resu"));
        assertThat(failing(server.httpUri())).hasMessageStartingWith(masked() + "the answer is cut off after 29 bytes");
    }

    @Test
    void connectionCutInTheAnswer_saysSo() {
        server.raw(request -> FakeRpc.response(200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":1,\"resu", 500));
        RpcException fault = failing(server.httpUri());
        assertThat(fault).hasMessageStartingWith(masked() + "the connection broke (");
        assertThat(fault.fault()).isEqualTo(RpcFault.UNREACHABLE);
    }

    @Test
    void hugeAnswer_isRefusedAtTheNamedLimit() {
        server.raw(request -> FakeRpc.ok("\"" + "x".repeat(20_000) + "\""));
        assertThat(failing(server.httpUri()))
                .hasMessage(masked() + "the answer is larger than 10000 bytes, the most that is taken");
    }

    @Test
    void emptyAnswer_saysSo() {
        server.raw(request -> FakeRpc.ok(""));
        assertThat(failing(server.httpUri())).hasMessageStartingWith(masked() + "the answer is empty");
    }

    @Test
    void manyCallsAtOnce_getTheirOwnAnswers() throws Exception {
        server.answering(call -> call.path("params").path(0).toString());
        try (HttpTransport transport =
                new HttpTransport(new EndpointUrl("main", "HTTPURL", server.httpUri()), RpcLimits.DEFAULTS)) {
            List<Thread> threads = new java.util.ArrayList<>();
            List<Integer> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                threads.add(Thread.ofVirtual().start(() -> {
                    RpcReply reply = transport
                            .exchange(List.of(RpcCall.of("echo", number)))
                            .replies()
                            .getFirst();
                    if (((RpcReply.Result) reply).value().asInt() != number) {
                        wrong.add(number);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(wrong).isEmpty();
        }
    }
}
