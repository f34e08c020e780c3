package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.Quorum;
import io.carabiner.rpc.RpcPool;
import io.carabiner.telemetry.EvmMessages;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.EndpointFault;
import io.carabiner.testkit.FaultRule;
import io.carabiner.testkit.FaultScript;
import io.carabiner.testkit.RpcFaultProxy;
import io.carabiner.testkit.TestChain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two endpoints before one real chain, of which the first one goes bad: the chain is followed over the second. */
@Timeout(60)
class FaultyEndpointTest {

    private TestChain anvil;
    private RpcFaultProxy first;
    private RpcFaultProxy second;
    private RpcPool pool;
    private LiveHeadTracker tracker;
    private final BlockingQueue<Head> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws InterruptedException {
        anvil = TestChain.start();
        first = RpcFaultProxy.inFrontOf(anvil.httpUrl().getPort());
        second = RpcFaultProxy.inFrontOf(anvil.httpUrl().getPort());
        EvmConfig config = ConfigLoader.effective(
                        """
                        [[EVM]]
                        ChainID = '1337'
                        [[EVM.Nodes]]
                        Name = 'first'
                        HTTPURL = '%s'
                        WSURL = '%s'
                        [[EVM.Nodes]]
                        Name = 'second'
                        HTTPURL = '%s'
                        WSURL = '%s'
                        """.formatted(first.httpUrl(), first.wsUrl(), second.httpUrl(), second.wsUrl()))
                .evm()
                .getFirst();
        Metrics metrics = new Metrics();
        pool = RpcPool.open(config, 0, metrics, TimeSource.system());
        ChainReports reports = new ChainReports(pool.chain(), new EvmMessages(pool.chain()), pool, metrics, 60);
        tracker = new LiveHeadTracker(
                pool, new HeadRules(Duration.ZERO, Duration.ofSeconds(10)), TimeSource.system(), reports);
        tracker.listen(seen::add);
        pool.start();
        tracker.start();
        for (int block = 0; block < 3; block++) {
            // So that the time between blocks is known.
            anvil.mine(1);
            awaitHead(anvil.blockNumber());
        }
        while (pool.endpoints().stream().anyMatch(e -> !e.state().equals("Alive"))) {
            seen.poll(10, TimeUnit.MILLISECONDS);
        }
    }

    @AfterEach
    void stop() {
        tracker.close();
        pool.close();
        first.close();
        second.close();
        anvil.close();
    }

    private void awaitHead(long number) throws InterruptedException {
        while (tracker.latest().map(Head::number).orElse(-1L) < number) {
            seen.poll(50, TimeUnit.MILLISECONDS);
        }
        assertThat(tracker.latest().orElseThrow().number()).isEqualTo(number);
    }

    private void strike(EndpointFault fault, String... methods) {
        first.play(FaultScript.of(FaultRule.always(fault, methods)));
    }

    private String state(String node) {
        return pool.endpoints().stream()
                .filter(e -> e.name().equals(node))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private EthClient client() {
        return new RpcEthClient(pool, 100, "test");
    }

    @Test
    void silenceWithOpenConnections_losesNoHead() throws InterruptedException {
        strike(new EndpointFault.Silence());
        anvil.mine(2);
        awaitHead(anvil.blockNumber());
        assertThat(client().transactionCount(anvil.accounts().getFirst(), BlockTag.LATEST))
                .isEqualTo(anvil.transactionCount(anvil.accounts().getFirst()));
    }

    @Test
    void aHeadThatStandsStill_isLeftBehind() throws InterruptedException {
        strike(new EndpointFault.StaleHead(anvil.blockNumber()));
        anvil.mine(3);
        awaitHead(anvil.blockNumber());
    }

    @Test
    void anotherChainBehindTheSameUrl_isNotBelievedWhereMoneyDepends() {
        Address sender = anvil.accounts().getFirst();
        Hash32 transaction =
                Hash32.fromHex(anvil.execute(sender, anvil.accounts().get(1), Bytes.EMPTY)
                        .path("transactionHash")
                        .asString());
        strike(new EndpointFault.OtherChain(5));
        assertThat(client().transactionCountByQuorum(sender, BlockTag.LATEST)).isInstanceOf(Quorum.class);
        first.play(FaultScript.of(
                FaultRule.always(new EndpointFault.OtherChain(5)),
                FaultRule.always(new EndpointFault.MissingReceipt(), "eth_getTransactionReceipt")));
        Optional<Receipt> receipt = Optional.empty();
        while (!state("first").equals("InvalidChainID")) {
            receipt = client().receipts(List.of(transaction)).getFirst();
        }
        assertThat(client().receipts(List.of(transaction)).getFirst()).isPresent();
        assertThat(receipt.map(Receipt::succeeded).orElse(true)).isTrue();
    }

    @Test
    void aReceiptThatOneEndpointDoesNotShow_isDisputed() {
        Address sender = anvil.accounts().getFirst();
        Hash32 transaction =
                Hash32.fromHex(anvil.execute(sender, anvil.accounts().get(1), Bytes.EMPTY)
                        .path("transactionHash")
                        .asString());
        assertThat(client().receiptsByQuorum(List.of(transaction)).getFirst())
                .isInstanceOfSatisfying(Quorum.Agreed.class, agreed -> assertThat(agreed.value())
                        .isNotEqualTo(Optional.empty()));
        strike(new EndpointFault.MissingReceipt(), "eth_getTransactionReceipt");
        assertThat(client().receiptsByQuorum(List.of(transaction)).getFirst()).isInstanceOf(Quorum.Split.class);
    }
}
