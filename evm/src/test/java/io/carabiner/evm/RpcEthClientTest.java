package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcPool;
import io.carabiner.rpc.SendOutcome;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestChain;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The typed calls against a real chain, over HTTP and over WebSocket. */
class RpcEthClientTest {

    /** Creation code of a contract whose code is LOG1(0, 0, topic 42) and stop. */
    private static final Bytes LOGGER = Bytes.fromHex("6008600c60003960086000f3" + "602a60006000a100");

    /** Creation code of a contract that reverts with four bytes 0xdeadbeef. */
    private static final Bytes REVERTER = Bytes.fromHex("600e600c600039600e6000f3" + "63deadbeef6000526004601cfd");

    private static TestChain chain;

    @BeforeAll
    static void start() {
        chain = TestChain.start();
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    private static EthClient client(String scheme) {
        return client(scheme.equals("ws") ? chain.wsUrl() : chain.httpUrl(), chain.chainId());
    }

    private static EthClient client(URI uri, ChainId id) {
        String key = uri.getScheme().equals("ws") ? "WSURL" : "HTTPURL";
        EvmConfig config =
                ConfigLoader.effective("""
                        [[EVM]]
                        ChainID = '%s'
                        [[EVM.Nodes]]
                        Name = 'main'
                        %s = '%s'
                        """.formatted(id, key, uri)).evm().getFirst();
        return new RpcEthClient(RpcPool.open(config, 0, new Metrics(), TimeSource.system()), 250, "test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "ws"})
    void headsAreReadWhole(String scheme) {
        EthClient client = client(scheme);
        chain.mine(1);
        Head latest = client.block(BlockTag.LATEST).orElseThrow();
        assertThat(latest.number()).isPositive();
        assertThat(latest.baseFee()).isPresent();
        assertThat(latest.logsBloom().size()).isEqualTo(256);
        assertThat(client.block(latest.hash())).contains(latest);
        assertThat(client.block(Hash32.ZERO)).isEmpty();
        assertThat(client.blocks(List.of(latest.number() - 1, latest.number(), 1_000_000L)))
                .satisfies(heads -> {
                    assertThat(latest.isChildOf(heads.get(0).orElseThrow())).isTrue();
                    assertThat(heads.get(1)).contains(latest);
                    assertThat(heads.get(2)).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "ws"})
    void logsAndReceiptsAreReadWhole(String scheme) {
        EthClient client = client(scheme);
        Address sender = chain.accounts().getFirst();
        Address logger = chain.deploy(sender, LOGGER);
        Hash32 transaction = Hash32.fromHex(chain.execute(sender, logger, Bytes.EMPTY)
                .path("transactionHash")
                .asString());
        long block = chain.blockNumber();
        Hash32 topic = Hash32.fromHex("0".repeat(62) + "2a");

        List<LogEntry> logs = client.logs(LogFilter.of(Set.of(logger), Set.of(topic)), block, block);

        assertThat(logs).hasSize(1);
        assertThat(logs.getFirst().topics()).containsExactly(topic);
        assertThat(logs.getFirst().transactionHash()).isEqualTo(transaction);
        assertThat(client.logs(LogFilter.of(Set.of(logger), Set.of(Hash32.ZERO)), block, block))
                .isEmpty();
        assertThat(client.logs(new LogFilter(Set.of(logger), List.of(Set.of())), block, block))
                .hasSize(1);
        List<Optional<Receipt>> receipts = client.receipts(List.of(transaction, Hash32.ZERO));
        assertThat(receipts.get(0).orElseThrow().succeeded()).isTrue();
        assertThat(receipts.get(0).orElseThrow().logs()).isEqualTo(logs);
        assertThat(receipts.get(0).orElseThrow().effectiveGasPrice()).isPresent();
        assertThat(receipts.get(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "ws"})
    void revert_givesItsData(String scheme) {
        EthClient client = client(scheme);
        Address reverter = chain.deploy(chain.accounts().getFirst(), REVERTER);
        assertThatThrownBy(() -> client.call(CallRequest.to(reverter, Bytes.EMPTY), BlockTag.LATEST))
                .isInstanceOfSatisfying(RpcErrorException.class, error -> assertThat(error.data())
                        .contains("\"0xdeadbeef\""));
        assertThatThrownBy(() -> client.estimateGas(CallRequest.to(reverter, Bytes.EMPTY)))
                .isInstanceOf(RpcErrorException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "ws"})
    void accountsAndPricesAreRead(String scheme) {
        EthClient client = client(scheme);
        Address account = chain.accounts().get(3);
        assertThat(client.balance(account, BlockTag.LATEST)).isEqualTo(chain.balance(account));
        assertThat(client.transactionCount(account, BlockTag.LATEST)).isEqualTo(chain.transactionCount(account));
        assertThat(client.code(account, BlockTag.LATEST)).isEqualTo(Bytes.EMPTY);
        assertThat(client.gasPrice()).isGreaterThan(Wei.ZERO);
        assertThat(client.maxPriorityFee()).isGreaterThanOrEqualTo(Wei.ZERO);
        FeeHistory history = client.feeHistory(2, BlockTag.LATEST, List.of(50));
        assertThat(history.baseFees()).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "ws"})
    void garbageTransaction_isFatal(String scheme) {
        assertThat(client(scheme).sendRaw(List.of(Bytes.fromHex("02c0"), Bytes.fromHex("dead"))))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(SendOutcome.Fatal.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "ws"})
    void wrongChain_isNamedAndNeverUsed(String scheme) {
        URI uri = scheme.equals("ws") ? chain.wsUrl() : chain.httpUrl();
        assertThatThrownBy(() -> client(uri, ChainId.of(5)).block(BlockTag.LATEST))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("no live nodes available for chain 5")
                .hasMessageContaining(
                        "serves chain 1337, but ChainID is 5: check " + (scheme.equals("ws") ? "WSURL" : "HTTPURL")
                                + "; the endpoint is not used until" + " it serves chain 5");
    }
}
