package io.carabiner.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each fault, as a client meets it, before a real chain. */
@Timeout(60)
class RpcFaultProxyTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LONG = Duration.ofSeconds(20);
    /** For what is never answered. */
    private static final Duration SHORT = Duration.ofMillis(300);

    private static final String SEND = "eth_sendRawTransaction";

    private static TestChain chain;
    private static HttpClient http;
    private final RpcFaultProxy proxy = RpcFaultProxy.inFrontOf(chain.httpUrl().getPort());

    @BeforeAll
    static void start() {
        chain = TestChain.start();
        chain.mine(5);
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        http.close();
        chain.close();
    }

    @AfterEach
    void end() {
        proxy.close();
    }

    private static String request(int id, String method, Object... params) {
        return JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", List.of(params)));
    }

    private CompletableFuture<HttpResponse<String>> ask(String body) {
        return http.sendAsync(
                HttpRequest.newBuilder(proxy.httpUrl())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        try {
            return ask(body).get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    private void assertUnanswered(String body) {
        CompletableFuture<HttpResponse<String>> asked = ask(body);
        assertThatThrownBy(() -> asked.get(SHORT.toMillis(), TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        asked.cancel(true);
    }

    private JsonNode call(String method, Object... params) throws IOException, InterruptedException {
        return JSON.readTree(post(request(1, method, params)).body());
    }

    private static FaultScript script(EndpointFault fault, String... methods) {
        return FaultScript.of(FaultRule.always(fault, methods));
    }

    @Test
    void withoutAScript_allIsAsTheEndpointSaysIt_alsoInBatches() throws Exception {
        String batch = "[" + request(7, "eth_blockNumber") + "," + request(8, "eth_chainId") + "]";
        JsonNode answers = JSON.readTree(post(batch).body());
        assertThat(answers).hasSize(2);
        assertThat(answers.at("/0/id").intValue()).isEqualTo(7);
        assertThat(answers.at("/0/result")).isEqualTo(chain.call("eth_blockNumber"));
        assertThat(answers.at("/1/result")).isEqualTo(chain.call("eth_chainId"));
    }

    @Test
    void aStaleHead_knowsNothingLater_butAllBefore() throws Exception {
        proxy.play(script(new EndpointFault.StaleHead(2)));
        assertThat(call("eth_blockNumber").path("result").stringValue()).isEqualTo("0x2");
        assertThat(call("eth_getBlockByNumber", "latest", false)
                        .at("/result/number")
                        .stringValue())
                .isEqualTo("0x2");
        assertThat(call("eth_getBlockByNumber", "0x3", false).path("result").isNull())
                .isTrue();
        assertThat(call("eth_getBlockByNumber", "0x1", false)
                        .at("/result/number")
                        .stringValue())
                .isEqualTo("0x1");
    }

    @Test
    void twoEndpoints_disagreeAboutTheHashOfABlock_andEachIsConsistent() throws Exception {
        JsonNode honest = call("eth_getBlockByNumber", "0x3", false).path("result");
        proxy.play(script(new EndpointFault.OtherFork()));
        JsonNode forked = call("eth_getBlockByNumber", "0x3", false).path("result");
        assertThat(forked.path("hash")).isNotEqualTo(honest.path("hash"));
        assertThat(call("eth_getBlockByNumber", "0x4", false).at("/result/parentHash"))
                .isEqualTo(forked.path("hash"));
        assertThat(call("eth_getBlockByHash", forked.path("hash").stringValue(), false)
                        .path("result"))
                .isEqualTo(forked);
    }

    @Test
    void aReceipt_isMissing_andIsThereAgainLater() throws Exception {
        String hash = chain.execute(chain.accounts().get(1), chain.accounts().get(2), Bytes.EMPTY)
                .path("transactionHash")
                .stringValue();
        proxy.play(FaultScript.of(FaultRule.always(new EndpointFault.MissingReceipt(), "eth_getTransactionReceipt")
                .first(1)));
        assertThat(call("eth_getTransactionReceipt", hash).path("result").isNull())
                .isTrue();
        assertThat(call("eth_getTransactionReceipt", hash)
                        .at("/result/transactionHash")
                        .stringValue())
                .isEqualTo(hash);
        assertThat(proxy.struck()).containsEntry("MissingReceipt", 1);
    }

    @Test
    void aDroppedTransaction_isAnsweredWithItsHash_andNobodyHasIt() throws Exception {
        proxy.play(script(new EndpointFault.DroppedTransaction(), SEND));
        JsonNode answer = call(SEND, "0x02");
        assertThat(answer.path("result").stringValue())
                .isEqualTo("0xf2ee15ea639b73fa3db9b34a245bdfa015c260c598b211bf05a1ecc4b3e3b4f2");
        assertThat(answer.has("error")).isFalse();
    }

    @Test
    void tooManyRequests_say429_andWhenToComeBack_andOnlyAfterSome() throws Exception {
        proxy.play(FaultScript.of(FaultRule.always(new EndpointFault.TooManyRequests(Optional.of(7)))
                .after(1)));
        assertThat(post(request(1, "eth_chainId")).statusCode()).isEqualTo(200);
        HttpResponse<String> limited = post(request(1, "eth_chainId"));
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void html_comesInPlaceOfAnAnswer() throws Exception {
        proxy.play(script(EndpointFault.NotJson.badGateway()));
        HttpResponse<String> answer = post(request(1, "eth_chainId"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).startsWith("<html>");
    }

    @Test
    void whatHangs_staysOpen_withOrWithoutHalfAnAnswer() throws Exception {
        for (EndpointFault fault :
                List.of(new EndpointFault.Hang(), new EndpointFault.HangMidBody(), new EndpointFault.Silence())) {
            proxy.play(script(fault));
            assertUnanswered(request(1, "eth_chainId"));
        }
        proxy.heal();
        assertThat(post(request(1, "eth_chainId")).statusCode()).isEqualTo(200);
    }

    @Test
    void aResetAfterTheWorkWasDone_losesOnlyTheAnswer() {
        proxy.play(script(new EndpointFault.ResetAfterSend(), "evm_mine"));
        long before = chain.blockNumber();
        assertThatThrownBy(() -> call("evm_mine")).isInstanceOf(IOException.class);
        assertThat(chain.blockNumber()).isEqualTo(before + 1);
    }

    @Test
    void anErrorText_isSaidWithoutDoingTheWork_andWithDoingIt() throws Exception {
        long before = chain.blockNumber();
        proxy.play(script(new EndpointFault.ErrorText(-32000, "nonce too low"), "evm_mine"));
        assertThat(call("evm_mine").at("/error/message").stringValue()).isEqualTo("nonce too low");
        assertThat(chain.blockNumber()).isEqualTo(before);
        proxy.play(script(new EndpointFault.DoneWithError(-32000, "already known"), "evm_mine"));
        assertThat(call("evm_mine").at("/error/message").stringValue()).isEqualTo("already known");
        assertThat(chain.blockNumber()).isEqualTo(before + 1);
    }

    @Test
    void oneElementOfABatch_fails_theOthersAreAnswered() throws Exception {
        proxy.play(script(new EndpointFault.ErrorText(-32005, "limit exceeded"), "eth_chainId"));
        String batch = "[" + request(7, "eth_blockNumber") + "," + request(8, "eth_chainId") + "]";
        JsonNode answers = JSON.readTree(post(batch).body());
        assertThat(answers.at("/0/result").isString()).isTrue();
        assertThat(answers.at("/1/error/message").stringValue()).isEqualTo("limit exceeded");
    }

    @Test
    void anotherChain_aHugeAnswer_aNull_aWrongId_aFastClock_aGasSpike() throws Exception {
        proxy.play(script(new EndpointFault.OtherChain(5)));
        assertThat(call("eth_chainId").path("result").stringValue()).isEqualTo("0x5");
        proxy.play(script(new EndpointFault.HugeAnswer(1 << 20)));
        assertThat(call("eth_chainId").path("result").stringValue()).hasSizeGreaterThan(1 << 20);
        proxy.play(script(new EndpointFault.NullAnswer()));
        assertThat(call("eth_chainId").path("result").isNull()).isTrue();
        proxy.play(script(new EndpointFault.WrongId()));
        assertThat(call("eth_chainId").path("id").longValue()).isNotEqualTo(1);
        long honest = Long.decode(chain.call("eth_getBlockByNumber", "0x1", false)
                .path("timestamp")
                .stringValue());
        proxy.play(script(new EndpointFault.SkewedClock(3_600)));
        assertThat(Long.decode(call("eth_getBlockByNumber", "0x1", false)
                        .at("/result/timestamp")
                        .stringValue()))
                .isEqualTo(honest + 3_600);
        long price = Long.decode(chain.call("eth_gasPrice").stringValue());
        proxy.play(script(new EndpointFault.GasSpike(1_000)));
        assertThat(Long.decode(call("eth_gasPrice").path("result").stringValue()))
                .isEqualTo(price * 1_000);
    }

    @Test
    void aSlowDrip_comesWholeInTheEnd() throws Exception {
        proxy.play(script(new EndpointFault.SlowDrip(200)));
        assertUnanswered(request(1, "eth_getBlockByNumber", "0x1", false));
        assertThat(call("eth_chainId").path("result").isString()).isTrue();
    }

    /** A WebSocket client that collects what comes. */
    private final class Socket implements WebSocket.Listener, AutoCloseable {
        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket =
                http.newWebSocketBuilder().buildAsync(proxy.wsUrl(), this).join();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                messages.add(JSON.readTree(part.toString()));
                part.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        void send(String text) {
            socket.sendText(text, true).join();
        }

        JsonNode next() throws InterruptedException {
            JsonNode message = messages.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return message;
        }

        Socket subscribed() throws InterruptedException {
            send(request(1, "eth_subscribe", "newHeads"));
            assertThat(next().path("result").isString()).isTrue();
            return this;
        }

        /** A sign of life: what came before it has arrived, or never will. */
        void beat() throws InterruptedException {
            send(request(99, "net_version"));
            assertThat(next().path("id").intValue()).isEqualTo(99);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static long number(JsonNode notification) {
        return Long.decode(notification.at("/params/result/number").stringValue());
    }

    @Test
    void notifications_areSwallowed_doubled_andExchanged() throws Exception {
        try (Socket socket = new Socket().subscribed()) {
            proxy.play(script(new EndpointFault.Twice(), FalseAnswers.NOTIFICATION));
            chain.mine(1);
            long head = chain.blockNumber();
            assertThat(number(socket.next())).isEqualTo(head);
            assertThat(number(socket.next())).isEqualTo(head);

            proxy.play(FaultScript.of(FaultRule.always(new EndpointFault.Swallowed(), FalseAnswers.NOTIFICATION)
                    .first(1)));
            chain.mine(2);
            assertThat(number(socket.next())).isEqualTo(head + 2);

            proxy.play(FaultScript.of(FaultRule.always(new EndpointFault.OutOfOrder(), FalseAnswers.NOTIFICATION)
                    .first(1)));
            chain.mine(2);
            assertThat(number(socket.next())).isEqualTo(head + 4);
            assertThat(number(socket.next())).isEqualTo(head + 3);
        }
    }

    @Test
    void aSilentWebSocket_staysOpen_whatItWouldHaveSaidIsGone_andItWorksAgainLater() throws Exception {
        try (Socket socket = new Socket().subscribed()) {
            proxy.play(script(new EndpointFault.Silence()));
            chain.mine(3);
            socket.send(request(2, "eth_chainId"));
            awaitStruck("Silence", 4);
            proxy.heal();
            socket.beat();
            chain.mine(1);
            assertThat(number(socket.next())).isEqualTo(chain.blockNumber());
        }
    }

    @Test
    void aHalfOpenWebSocket_neverSaysAnythingAgain_whileNewOnesWork() throws Exception {
        try (Socket socket = new Socket().subscribed()) {
            proxy.play(FaultScript.of(FaultRule.always(new EndpointFault.HalfOpen(), "eth_chainId")
                    .first(1)));
            socket.send(request(2, "eth_chainId"));
            awaitStruck("HalfOpen", 1);
            chain.mine(1);
            try (Socket other = new Socket()) {
                other.beat();
            }
            assertThat(socket.messages).isEmpty();
        }
    }

    @Test
    void aWebSocket_saysErrors_wrongChains_andHtmlToo() throws Exception {
        try (Socket socket = new Socket()) {
            proxy.play(script(new EndpointFault.OtherChain(5)));
            socket.send(request(3, "eth_chainId"));
            assertThat(socket.next().path("result").stringValue()).isEqualTo("0x5");
            proxy.play(script(new EndpointFault.TooManyRequests(Optional.empty())));
            socket.send(request(4, "eth_chainId"));
            JsonNode limited = socket.next();
            assertThat(limited.path("id").intValue()).isEqualTo(4);
            assertThat(limited.at("/error/code").intValue()).isEqualTo(-32005);
        }
    }

    private void awaitStruck(String kind, int atLeast) throws InterruptedException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (proxy.struck().getOrDefault(kind, 0) < atLeast) {
            assertThat(System.nanoTime()).as("waiting for %s", kind).isLessThan(deadline);
            TimeSource.system().sleep(Duration.ofMillis(5));
        }
    }
}
