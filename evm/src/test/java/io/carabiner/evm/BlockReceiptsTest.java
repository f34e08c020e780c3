package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigLoader;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.Quorum;
import io.carabiner.rpc.RpcPool;
import io.carabiner.rpc.RpcUsage;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.EndpointFault;
import io.carabiner.testkit.FaultRule;
import io.carabiner.testkit.FaultScript;
import io.carabiner.testkit.RpcFaultProxy;
import io.carabiner.testkit.TestChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many receipts of one block cost one call, where the endpoint has the method; and are the same as one by one. */
@Timeout(60)
class BlockReceiptsTest {

    private static final int MANY = BlockReceipts.WANTED_PER_BLOCK_MIN;

    private TestChain chain;
    private RpcFaultProxy first;
    private RpcFaultProxy second;
    private RpcPool pool;
    private EthClient client;

    @BeforeEach
    void start() {
        chain = TestChain.start();
        first = RpcFaultProxy.inFrontOf(chain.httpUrl().getPort());
        second = RpcFaultProxy.inFrontOf(chain.httpUrl().getPort());
    }

    @AfterEach
    void stop() {
        pool.close();
        first.close();
        second.close();
        chain.close();
    }

    private void connect(RpcFaultProxy... endpoints) throws InterruptedException {
        StringBuilder toml = new StringBuilder("[[EVM]]\nChainID = '1337'\n");
        for (int i = 0; i < endpoints.length; i++) {
            toml.append("[[EVM.Nodes]]\nName = 'n%d'\nHTTPURL = '%s'\n".formatted(i, endpoints[i].httpUrl()));
        }
        pool = RpcPool.open(
                ConfigLoader.effective(toml.toString()).evm().getFirst(), 0, new Metrics(), TimeSource.system());
        client = new RpcEthClient(pool, 250, "test");
        pool.start();
        while (pool.endpoints().stream().anyMatch(e -> !e.state().equals("Alive"))) {
            Thread.onSpinWait();
        }
    }

    /** So many transactions in one block. */
    private List<Hash32> block(int transactions) {
        Address sender = chain.accounts().getFirst();
        chain.call("evm_setAutomine", false);
        List<Hash32> hashes = new ArrayList<>();
        for (int i = 0; i < transactions; i++) {
            hashes.add(Hash32.fromHex(chain.call(
                            "eth_sendTransaction",
                            Map.of(
                                    "from",
                                    sender.toString(),
                                    "to",
                                    chain.accounts().get(1).toString(),
                                    "gas",
                                    "0x5208"))
                    .asString()));
        }
        chain.mine(1);
        return hashes;
    }

    private long asked(String method) {
        return pool.usage().lines().stream()
                .filter(line -> line.method().equals(method))
                .mapToLong(RpcUsage.Line::calls)
                .sum();
    }

    private void assertAllThere(List<Hash32> hashes, List<Quorum<Optional<Receipt>>> said) {
        List<Optional<Receipt>> single = client.receipts(hashes);
        assertThat(single).allMatch(Optional::isPresent);
        for (int i = 0; i < hashes.size(); i++) {
            Optional<Receipt> told =
                    switch (said.get(i)) {
                        case Quorum.Alone<Optional<Receipt>>(Optional<Receipt> receipt) -> receipt;
                        case Quorum.Agreed<Optional<Receipt>>(Optional<Receipt> receipt) -> receipt;
                        case Quorum.Split<Optional<Receipt>> _, Quorum.Silence<Optional<Receipt>> _ -> Optional.empty();
                    };
            assertThat(told.map(Receipt::essence)).isEqualTo(single.get(i).map(Receipt::essence));
        }
    }

    @Test
    void manyReceiptsOfOneBlock_areOneCall() throws InterruptedException {
        connect(first);
        List<Hash32> hashes = block(MANY);
        long number = chain.blockNumber();
        List<Quorum<Optional<Receipt>>> said = client.receiptsByQuorum(hashes, number, number);
        assertThat(asked("eth_getBlockReceipts")).isEqualTo(1);
        assertThat(asked("eth_getTransactionReceipt")).isZero();
        assertAllThere(hashes, said);
    }

    @Test
    void whatIsNotInTheBlock_isAskedForByItself() throws InterruptedException {
        connect(first);
        Hash32 earlier = block(1).getFirst();
        List<Hash32> hashes = new ArrayList<>(block(MANY));
        hashes.addFirst(earlier);
        long number = chain.blockNumber();
        List<Quorum<Optional<Receipt>>> said = client.receiptsByQuorum(hashes, number, number);
        assertThat(asked("eth_getTransactionReceipt")).isEqualTo(1);
        assertAllThere(hashes, said);
    }

    @Test
    void few_areAskedForOneByOne() throws InterruptedException {
        connect(first);
        List<Hash32> hashes = block(MANY - 1);
        long number = chain.blockNumber();
        assertAllThere(hashes, client.receiptsByQuorum(hashes, number, number));
        assertThat(asked("eth_getBlockReceipts")).isZero();
    }

    @Test
    void anEndpointWithoutTheMethod_isAskedForItSomeTimesOnly() throws InterruptedException {
        connect(first);
        first.play(FaultScript.of(FaultRule.always(
                new EndpointFault.ErrorText(-32601, "the method eth_getBlockReceipts does not exist"),
                "eth_getBlockReceipts")));
        List<Hash32> hashes = block(MANY);
        long number = chain.blockNumber();
        for (int look = 0; look < 6; look++) {
            assertAllThere(hashes, client.receiptsByQuorum(hashes, number, number));
        }
        assertThat(asked("eth_getBlockReceipts")).isEqualTo(3);
    }

    @Test
    void endpointsThatDiffer_areAskedForEach_soThatTheDisputeShows() throws InterruptedException {
        connect(first, second);
        List<Hash32> hashes = block(MANY);
        long number = chain.blockNumber();
        assertThat(client.receiptsByQuorum(hashes, number, number)).allMatch(said -> said instanceof Quorum.Agreed);
        assertThat(asked("eth_getTransactionReceipt")).isZero();
        first.play(FaultScript.of(
                FaultRule.always(new EndpointFault.NullAnswer(), "eth_getBlockReceipts"),
                FaultRule.always(new EndpointFault.MissingReceipt(), "eth_getTransactionReceipt")));
        assertThat(client.receiptsByQuorum(hashes, number, number)).allMatch(said -> said instanceof Quorum.Split);
    }
}
