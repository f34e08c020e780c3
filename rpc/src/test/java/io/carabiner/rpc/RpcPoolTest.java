package io.carabiner.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.FakeRpc;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A pool over several endpoints that fail, lag, lie and fall silent. */
@Timeout(60)
class RpcPoolTest {

    private static final RpcCall NONCE = RpcCall.of("eth_getTransactionCount", "0x1", "latest");
    private static final RpcCall HEIGHT = RpcCall.of("eth_blockNumber");

    private final List<FakeRpc> servers = new ArrayList<>();
    private final List<RpcPool> pools = new ArrayList<>();
    private FakeRpc first;
    private FakeRpc second;
    private FakeRpc third;

    @BeforeEach
    void start() throws IOException {
        first = server("0x10");
        second = server("0x10");
        third = server("0x10");
    }

    private FakeRpc server(String answer) throws IOException {
        FakeRpc server = new FakeRpc().answering(scripted(call -> '"' + answer + '"'));
        servers.add(server);
        return server;
    }

    @AfterEach
    void stop() throws IOException {
        pools.forEach(RpcPool::close);
        for (FakeRpc server : servers) {
            server.close();
        }
    }

    /** Chain 1337; everything else as told. */
    private static Function<JsonNode, String> scripted(Function<String, String> byMethod) {
        return call -> {
            String method = call.path("method").asString();
            return switch (method) {
                case "eth_chainId" -> "\"0x539\"";
                case "web3_clientVersion" -> "\"fake/1\"";
                default -> byMethod.apply(method);
            };
        };
    }

    private RpcPool pool(String settings, FakeRpc... endpoints) {
        StringBuilder toml = new StringBuilder("[[EVM]]\nChainID = '1337'\n" + settings + "\n");
        String[] names = {"a", "b", "c"};
        for (int i = 0; i < endpoints.length; i++) {
            toml.append("[[EVM.Nodes]]\nName = '%s'\nHTTPURL = '%s'\nWSURL = '%s'\n"
                    .formatted(names[i], endpoints[i].httpUri(), endpoints[i].wsUri()));
        }
        EvmConfig config = ConfigLoader.effective(toml.toString()).evm().getFirst();
        RpcPool pool = RpcPool.open(config, 0, new Metrics(), TimeSource.system());
        pools.add(pool);
        return pool;
    }

    private static String ask(RpcPool pool, RpcCall call) {
        return pool.ask(
                "test",
                List.of(call),
                answer -> answer.node() + " " + answer.value(0).asString());
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        LinkedBlockingQueue<String> never = new LinkedBlockingQueue<>();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            never.poll(10, TimeUnit.MILLISECONDS);
        }
    }

    private static EndpointReport report(RpcPool pool, String node) {
        return pool.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(node))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReadThatFails_isAnsweredByTheNextEndpoint() {
        RpcPool pool = ready(pool("", first, second));
        first.raw(request -> FakeRpc.status(500, "", "down"));
        assertThat(ask(pool, NONCE)).isEqualTo("b 0x10");
    }

    @Test
    void silentEndpoint_isLeft_andLaterCallsGoElsewhereAtOnce() {
        RpcPool pool = ready(pool("", first, second));
        for (int i = 0; i < 2 * CallStats.SAMPLES_MIN; i++) {
            assertThat(ask(pool, HEIGHT)).isEqualTo("a 0x10");
        }
        first.raw(request -> null);
        long start = System.nanoTime();
        assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).as("left within the silence limit and some slack").isLessThan(Duration.ofSeconds(5));
        long answered = second.methods().size();
        for (int i = 0; i < 40; i++) {
            assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
        }
        assertThat(second.methods().size()).isGreaterThanOrEqualTo((int) answered + 40);
    }

    @Test
    void silentEndpointWithoutHistory_isLeftAfterTheSilenceLimit() throws InterruptedException {
        RpcPool pool = ready(pool("", first, second));
        ask(pool, HEIGHT);
        first.raw(request -> null);
        assertThat(ask(pool, NONCE)).isEqualTo("b 0x10");
        await(
                "known to be silent",
                () -> report(pool, "a").state().equals("Unreachable")
                        || ask(pool, NONCE).startsWith("b"));
        // No more waiting: it is asked last now.
        long start = System.nanoTime();
        assertThat(ask(pool, NONCE)).isEqualTo("b 0x10");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HedgeRules.SILENCE);
    }

    @Test
    void hedge_winsOverASlowAnswer_andIsCounted() throws InterruptedException {
        RpcPool pool = ready(pool("", first, second));
        for (int i = 0; i < 2 * CallStats.SAMPLES_MIN; i++) {
            ask(pool, HEIGHT);
        }
        LinkedBlockingQueue<String> gate = new LinkedBlockingQueue<>();
        first.answering(scripted(method -> {
            try {
                return gate.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "null";
            }
        }));
        assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
        gate.add("\"0x10\"");
        first.answering(scripted(method -> "\"0x10\""));
        await("the slow answer is noticed too", () -> ask(pool, HEIGHT).equals("a 0x10"));
        assertThat(pool.usage().lines().stream()
                        .filter(line -> line.node().equals("b") && line.method().equals("eth_blockNumber"))
                        .mapToLong(RpcUsage.Line::calls)
                        .sum())
                .isPositive();
    }

    @Test
    void anEndpointThatAsksForAPause_isLeftAloneForIt() {
        RpcPool pool = ready(pool("", first, second));
        assertThat(ask(pool, HEIGHT)).isEqualTo("a 0x10");
        first.raw(request -> FakeRpc.status(429, "Retry-After: 30\r\n", ""));
        assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
        int asked = first.methods().size();
        for (int i = 0; i < 20; i++) {
            assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
        }
        assertThat(first.methods()).hasSize(asked);
    }

    @Test
    void whereAllAskForAPause_nothingIsSentAndTheReasonIsSaid() {
        RpcPool pool = pool("", first);
        ask(pool, HEIGHT);
        first.raw(request -> FakeRpc.status(429, "Retry-After: 30\r\n", ""));
        assertThatThrownBy(() -> ask(pool, HEIGHT)).hasMessageContaining("HTTP 429");
        int asked = first.methods().size();
        RpcException fault = catchThrowableOfType(RpcException.class, () -> ask(pool, HEIGHT));
        assertThat(fault).hasMessageContaining("asked to be left alone for another");
        assertThat(first.methods()).hasSize(asked);
    }

    @Test
    void htmlHangAndHugeAnswers_areAnsweredByTheNextEndpoint() {
        RpcPool pool = ready(pool("", first, second));
        first.raw(request -> FakeRpc.response(200, "text/html", "<html>hello</html>", 18));
        assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
        first.stayOpen();
        first.raw(request -> FakeRpc.response(200, "application/json", "{\"jsonrpc\":", 200));
        assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
    }

    @Test
    void anEndpointThatChangesItsChain_isLeftBeforeItsDataIsBelieved() {
        RpcPool pool = ready(pool("", first, second));
        assertThat(ask(pool, HEIGHT)).isEqualTo("a 0x10");
        AtomicBoolean other = new AtomicBoolean(true);
        first.answering(call -> call.path("method").asString().equals("eth_chainId")
                ? (other.get() ? "\"0x1\"" : "\"0x539\"")
                : "\"0xbad\"");
        // Another server behind the same URL: the connections are new.
        cut(first);
        assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
        assertThat(report(pool, "a").state()).isEqualTo("InvalidChainID");
        assertThat(report(pool, "a").problem()).contains("serves chain 1, but ChainID is 1337");
    }

    @Test
    void aChainThatChangesOnTheSameConnection_isNoticedByItsHeight() throws InterruptedException {
        RpcPool pool = ready(pool("", first, second));
        assertThat(ask(pool, HEIGHT)).isEqualTo("a 0x10");
        LinkedBlockingQueue<String> pause = new LinkedBlockingQueue<>();
        // Checks of the last two seconds are trusted.
        pause.poll(ChainDoubt.FRESH.toMillis() + 100, TimeUnit.MILLISECONDS);
        first.answering(call -> call.path("method").asString().equals("eth_chainId") ? "\"0x1\"" : "\"0xbadbad\"");
        assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
        assertThat(report(pool, "a").state()).isEqualTo("InvalidChainID");
    }

    private static void cut(FakeRpc server) {
        try {
            server.cut();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anEndpointThatLiesAboutANonce_isOutvotedOrNoticed() {
        first.answering(scripted(method -> "\"0x99\""));
        RpcPool two = pool("", first, second);
        assertThat(quorum(two)).isInstanceOf(Quorum.Split.class);
        RpcPool three = pool("", first, second, third);
        assertThat(quorum(three)).isEqualTo(new Quorum.Agreed<>("0x10"));
        RpcPool alone = pool("", second);
        assertThat(quorum(alone)).isEqualTo(new Quorum.Alone<>("0x10"));
    }

    private static Quorum<String> quorum(RpcPool pool) {
        return ready(pool)
                .askQuorum("test", List.of(NONCE), JsonNode::asString, value -> value)
                .getFirst();
    }

    private static RpcPool ready(RpcPool pool) {
        pool.start();
        awaitAlive(pool);
        return pool;
    }

    private static void awaitAlive(RpcPool pool) {
        try {
            await("all alive", () -> pool.endpoints().stream()
                    .allMatch(endpoint -> endpoint.state().equals("Alive")));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBatchThatIsTooLarge_isSplit_andTheSizeRemembered() {
        first.raw(request -> request.size() > 10
                ? FakeRpc.ok(
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"batch too large\"}}")
                : FakeRpc.ok(first.answer(request)));
        first.methods().clear();
        RpcPool pool = pool("", first);
        List<RpcCall> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            calls.add(RpcCall.of("eth_getBalance", "0x" + i));
        }
        List<String> balances = pool.ask("test", calls, answer -> answer.replies().stream()
                .map(reply -> ((RpcReply.Result) reply).value().asString())
                .toList());
        assertThat(balances).hasSize(60).containsOnly("0x10");
        assertThat(report(pool, "a").learned().batchMax()).contains(7);
    }

    @Test
    void anEndpointWithoutBatches_isAskedOneByOne() {
        first.raw(request -> request.isArray()
                ? FakeRpc.ok(
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"an object, please\"}}")
                : FakeRpc.ok(first.answer(request)));
        RpcPool pool = pool("", first);
        String height = pool.ask(
                "test", List.of(NONCE, HEIGHT), answer -> answer.value(1).asString());
        assertThat(height).isEqualTo("0x10");
        assertThat(report(pool, "a").learned().batchMax()).contains(1);
    }

    @Test
    void aLaggingEndpoint_isAskedLast_andASyncingOneNotAtAll() throws InterruptedException {
        first.answering(scripted(method -> "\"0x5\""));
        RpcPool pool = pool("NodePool.SyncThreshold = 5\nNodePool.PollInterval = '1s'", first, second);
        pool.start();
        awaitAlive(pool);
        await("both heights are known", () -> {
            pool.sawBlock("b", 0x10);
            ask(pool, HEIGHT);
            return report(pool, "a").state().equals("OutOfSync");
        });
        assertThat(ask(pool, HEIGHT)).isEqualTo("b 0x10");
        assertThat(report(pool, "a").problem()).contains("SyncThreshold 5");

        second.answering(scripted(method -> method.equals("eth_syncing") ? "{\"currentBlock\":\"0x1\"}" : "\"0x10\""));
        RpcPool watching = pool("NodePool.NodeIsSyncingEnabled = true", second);
        RpcException fault = catchThrowableOfType(RpcException.class, () -> ask(watching, HEIGHT));
        assertThat(fault).hasMessageContaining("still syncing");
        assertThat(report(watching, "a").state()).isEqualTo("Syncing");
    }

    @Test
    void noEndpointUp_isNoReasonNotToStart_andOneThatComesIsUsed() throws Exception {
        int port = first.port();
        first.close();
        servers.remove(first);
        RpcPool pool = pool("", first);
        pool.start();
        RpcException fault = catchThrowableOfType(RpcException.class, () -> ask(pool, HEIGHT));
        assertThat(fault).hasMessageContaining("connection refused");
        FakeRpc back = new FakeRpc(port).answering(scripted(method -> "\"0x11\""));
        servers.add(back);
        await("alive again", pool::isAlive);
        assertThat(ask(pool, HEIGHT)).isEqualTo("a 0x11");
    }

    @Test
    void subscription_leavesASilentEndpoint() throws InterruptedException {
        RpcPool pool = pool("NodePool.PollInterval = '1s'", first, second);
        pool.start();
        awaitAlive(pool);
        List<String> closed = new CopyOnWriteArrayList<>();
        SubscriptionListener listener = new SubscriptionListener() {
            @Override
            public void notified(String node, JsonNode result) {}

            @Override
            public void closed(String node) {
                closed.add(node);
            }

            @Override
            public void refused(RpcException fault) {
                closed.add(fault.words());
            }
        };
        assertThat(pool.subscribe("newHeads", listener).orElseThrow().node()).isEqualTo("a");
        first.raw(request -> null);
        ask(pool, HEIGHT);
        await("the subscription is given up", () -> closed.contains("a"));
        assertThat(pool.subscribe("newHeads", listener).orElseThrow().node()).isEqualTo("b");
    }
}
