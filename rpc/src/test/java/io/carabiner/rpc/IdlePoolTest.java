package io.carabiner.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.FakeRpc;
import io.carabiner.testkit.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a pool costs while nothing happens, on a clock that is moved by hand. */
@Timeout(60)
class IdlePoolTest {

    private static final Duration BLOCK_TIME = Duration.ofSeconds(12);

    private final TestClock clock = new TestClock();
    private FakeRpc first;
    private FakeRpc second;
    private final AtomicLong height = new AtomicLong(100);

    @BeforeEach
    void start() throws IOException {
        first = server();
        second = server();
    }

    @AfterEach
    void stop() throws IOException {
        first.close();
        second.close();
    }

    private FakeRpc server() throws IOException {
        return new FakeRpc().answering(call -> switch (call.path("method").asString()) {
            case "eth_chainId" -> "\"0x539\"";
            case "eth_blockNumber" -> "\"0x" + Long.toHexString(height.get()) + '"';
            default -> "\"fake/1\"";
        });
    }

    private LiveRpcPool pool(long dailyCallsMax) {
        EvmConfig config = ConfigLoader.effective("""
                        [[EVM]]
                        ChainID = '1337'
                        [[EVM.Nodes]]
                        Name = 'a'
                        HTTPURL = '%s'
                        [[EVM.Nodes]]
                        Name = 'b'
                        HTTPURL = '%s'
                        """.formatted(first.httpUri(), second.httpUri()))
                .evm()
                .getFirst();
        LiveRpcPool pool = LiveRpcPool.open(config, dailyCallsMax, new Metrics(), clock);
        pool.ask("test", List.of(RpcCall.of("eth_blockNumber")), RpcAnswer::node);
        return pool;
    }

    private void liveBlocks(LiveRpcPool pool, int blocks) throws InterruptedException {
        for (int block = 0; block < blocks; block++) {
            pool.sawBlock("a", height.incrementAndGet());
            for (long second = 0; second < BLOCK_TIME.toSeconds(); second++) {
                clock.advance(PoolWatch.TICK);
                pool.look();
            }
        }
    }

    private static void awaitBoth(LiveRpcPool pool) throws InterruptedException {
        while (pool.endpoints().stream().anyMatch(endpoint -> !endpoint.state().equals("Alive"))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aFurtherEndpoint_costsATenthOfACallABlock() throws InterruptedException {
        try (LiveRpcPool pool = pool(0)) {
            awaitBoth(pool);
            liveBlocks(pool, 20);
            int before = second.methods().size();
            int mine = first.methods().size();
            liveBlocks(pool, 200);
            assertThat(second.methods().size() - before)
                    .as("looks at the idle endpoint in 200 blocks")
                    .isBetween(15, 21);
            assertThat(first.methods().size() - mine)
                    .as("calls to the endpoint that tells of heads")
                    .isLessThanOrEqualTo(4);
            assertThat(pool.endpoints().get(1).lagBlocks()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aSpentBudget_putsOffWhatCanWait_andNothingElse() throws InterruptedException {
        try (LiveRpcPool pool = pool(20)) {
            awaitBoth(pool);
            List<RpcCall> call = List.of(RpcCall.of("eth_blockNumber"));
            while (pool.usage().total() < 20) {
                assertThat(pool.ask("balances", call, RpcAnswer::node)).isNotEmpty();
            }
            assertThatThrownBy(() -> pool.ask("balances", call, RpcAnswer::node))
                    .isInstanceOf(RpcException.class)
                    .hasMessageContaining("put off until midnight UTC: the day's 20 RPC calls are spent");
            assertThat(pool.ask("txm", call, RpcAnswer::node)).isNotEmpty();
            assertThat(pool.ask("logs", call, RpcAnswer::node)).isNotEmpty();
            long spent = pool.usage().total();
            liveBlocks(pool, 30);
            assertThat(pool.usage().total()).as("no looks at idle endpoints").isEqualTo(spent);

            clock.advance(Duration.ofDays(1));
            assertThat(pool.usage().total()).isZero();
            assertThat(pool.ask("balances", call, RpcAnswer::node)).isNotEmpty();
        }
    }

    @Test
    void usage_isKeptByConsumerAndMethod() {
        try (LiveRpcPool pool = pool(0)) {
            pool.ask("logs", List.of(RpcCall.of("eth_blockNumber"), RpcCall.of("eth_gasPrice")), RpcAnswer::node);
            assertThat(pool.usage().lines())
                    .contains(
                            new RpcUsage.Line("a", "logs", "eth_blockNumber", 1),
                            new RpcUsage.Line("a", "logs", "eth_gasPrice", 1));
            assertThat(pool.usage().total())
                    .isEqualTo(pool.usage().lines().stream()
                            .mapToLong(RpcUsage.Line::calls)
                            .sum());
        }
    }
}
