package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.RpcPool;
import io.carabiner.telemetry.EvmMessages;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.FakeRpc;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Subscriptions that say nothing, lie, or break: the head is known all the same. */
@Timeout(30)
class SilentSubscriptionTest {

    private static final ChainId CHAIN = ChainId.of(1337);

    private FakeRpc server;
    private volatile long height = 5;
    private RpcPool pool;
    private LiveHeadTracker tracker;
    private final BlockingQueue<Head> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws IOException {
        server = new FakeRpc().answering(this::answer);
    }

    @AfterEach
    void stop() throws IOException {
        tracker.close();
        pool.close();
        server.close();
    }

    private String answer(JsonNode call) {
        return switch (call.path("method").asString()) {
            case "eth_chainId" -> "\"0x539\"";
            case "eth_subscribe" -> "\"0xsub\"";
            case "eth_getBlockByNumber" -> block(height);
            default -> "\"fake/1\"";
        };
    }

    private static String block(long number) {
        String hash = "0x" + String.format("%064x", number + 1);
        String parent = "0x" + String.format("%064x", number);
        return "{\"number\":\"0x" + Long.toHexString(number) + "\",\"hash\":\"" + hash + "\",\"parentHash\":\"" + parent
                + "\",\"timestamp\":\"0x" + Long.toHexString(1_700_000_000L + number) + "\"}";
    }

    private void announce(long number) {
        server.push(
                "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"0xsub\",\"result\":"
                        + block(number) + "}}");
    }

    private void follow(Duration silenceMax) {
        Metrics metrics = new Metrics();
        EvmConfig config = ConfigLoader.effective("""
                        [[EVM]]
                        ChainID = '1337'
                        [[EVM.Nodes]]
                        Name = 'main'
                        HTTPURL = '%s'
                        WSURL = '%s'
                        """.formatted(server.httpUri(), server.wsUri()))
                .evm()
                .getFirst();
        pool = RpcPool.open(config, 0, metrics, TimeSource.system());
        ChainReports reports = new ChainReports(CHAIN, new EvmMessages(CHAIN), pool, metrics, 60);
        tracker = new LiveHeadTracker(pool, new HeadRules(Duration.ZERO, silenceMax), TimeSource.system(), reports);
        tracker.listen(seen::add);
        tracker.start();
    }

    private void awaitHead(long number) throws InterruptedException {
        List<Long> before = new ArrayList<>();
        while (true) {
            Head head = seen.poll(20, TimeUnit.SECONDS);
            assertThat(head).as("head " + number + " after " + before).isNotNull();
            if (head.number() == number) {
                return;
            }
            before.add(head.number());
        }
    }

    @Test
    void announcedHeads_needNoCall() throws InterruptedException {
        follow(Duration.ofSeconds(20));
        awaitHead(5);
        long calls = server.methods().size();
        for (long number = 6; number < 16; number++) {
            height = number;
            announce(number);
            awaitHead(number);
        }
        assertThat(server.methods()).hasSize((int) calls);
    }

    @Test
    void headsThatCameTogether_canBeTakenOneByOne() throws InterruptedException {
        follow(Duration.ofSeconds(20));
        awaitHead(5);
        for (long number = 6; number < 12; number++) {
            height = number;
            announce(number);
        }
        awaitHead(11);
        Head newest = tracker.latest().orElseThrow();
        assertThat(tracker.onTheWay(newest, 7).number()).isEqualTo(7);
        assertThat(tracker.onTheWay(newest, 12)).isEqualTo(newest);
        assertThat(tracker.onTheWay(newest, 2)).as("the line is broken at 5").isEqualTo(newest);
    }

    @Test
    void silentSubscription_isNoticedAndMadeAnew() throws InterruptedException {
        follow(Duration.ofMillis(200));
        awaitHead(5);
        height = 9;
        awaitHead(9);
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (server.methods().stream().filter("eth_subscribe"::equals).count() < 2) {
            assertThat(System.nanoTime()).as("a second subscription").isLessThan(until);
            seen.poll(20, TimeUnit.MILLISECONDS);
        }
        height = 10;
        announce(10);
        awaitHead(10);
    }

    @Test
    void brokenConnection_isMadeAnewAndCatchesUp() throws InterruptedException, IOException {
        follow(Duration.ofSeconds(20));
        awaitHead(5);
        height = 7;
        server.cut();
        awaitHead(7);
    }

    @Test
    void refusedWebSocket_meansPolling() throws InterruptedException {
        server.refusingWebSockets();
        follow(Duration.ofSeconds(20));
        awaitHead(5);
        height = 6;
        awaitHead(6);
    }

    @Test
    void lowerHeads_areIgnoredUntilTheChainIsSurelyShorter() throws InterruptedException {
        follow(Duration.ofMillis(100));
        awaitHead(5);
        announce(3);
        height = 4;
        awaitHead(4);
        assertThat(server.methods().stream()
                        .filter("eth_getBlockByNumber"::equals)
                        .count())
                .isGreaterThanOrEqualTo(1 + HeadRules.SHRINK_POLLS);
    }

    @Test
    void chainThatBeganAnew_isFollowedThoughItsHeadsAreLower() throws InterruptedException {
        follow(Duration.ofSeconds(20));
        awaitHead(5);
        for (long number = 1; number <= HeadRules.SHRINK_POLLS; number++) {
            height = number;
            announce(number);
        }
        awaitHead(HeadRules.SHRINK_POLLS);
    }
}
