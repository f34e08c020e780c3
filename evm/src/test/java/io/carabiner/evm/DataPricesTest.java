package io.carabiner.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.config.ConfigLoader;
import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcPool;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.FakeRpc;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The price of data on layer 2, as the contracts of each kind tell it. */
class DataPricesTest {

    private static final String OP_ORACLE = "0x420000000000000000000000000000000000000f";
    private static final String SYSTEM_CONTEXT = "0x000000000000000000000000000000000000800b";

    private FakeRpc server;
    private final Map<String, Long> answers = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        server = new FakeRpc().answering(this::answer);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String answer(JsonNode call) {
        if (!call.path("method").asString().equals("eth_call")) {
            return "\"0x539\"";
        }
        JsonNode message = call.path("params").path(0);
        Long value = answers.get(
                message.path("to").asString() + " " + message.path("data").asString());
        return value == null ? "\"0x\"" : "\"0x" + "%064x".formatted(value) + "\"";
    }

    private void say(String contract, String question, long value) {
        answers.put(contract + " " + DataPrices.selector(question), value);
    }

    private Optional<Wei> price(String settings) {
        EvmConfig config = ConfigLoader.effective("[[EVM]]\nChainID = '1337'\n" + settings
                        + "\n[[EVM.Nodes]]\nName = 'main'\nHTTPURL = '" + server.httpUri() + "'\n")
                .evm()
                .getFirst();
        try (RpcPool pool = RpcPool.open(config, new Metrics(), TimeSource.system())) {
            EthClient client = new RpcEthClient(pool, 100, "fees");
            return new DataPrices(config, client, TimeSource.system()).price();
        }
    }

    @Test
    void chainThatStandsAlone_hasNoPriceOfData() {
        assertThat(price("")).isEmpty();
    }

    @Test
    void optimism_beforeAndAfterItsUpgrade() {
        say(OP_ORACLE, "l1BaseFee()", 30_000_000_000L);
        assertThat(price("ChainType = 'optimismBedrock'")).contains(Wei.ofGwei(30));
        say(OP_ORACLE, "isEcotone()", 1);
        say(OP_ORACLE, "baseFeeScalar()", 1_368);
        say(OP_ORACLE, "blobBaseFee()", 10_000_000_000L);
        say(OP_ORACLE, "blobBaseFeeScalar()", 810_949);
        say(OP_ORACLE, "decimals()", 6);
        // (30 gwei × 16 × 1368 + 10 gwei × 810949) / (16 × 10^6)
        assertThat(price("ChainType = 'optimismBedrock'")).contains(Wei.of(547_883_125L));
    }

    @Test
    void eachKind_asksItsOwnContract() {
        say("0x000000000000000000000000000000000000006c", "getL1BaseFeeEstimate()", 7);
        say("0x5300000000000000000000000000000000000002", "l1BaseFee()", 8);
        say("0x4200000000000000000000000000000000000005", "l1BaseFee()", 9);
        say(SYSTEM_CONTEXT, "gasPrice()", 25);
        say(SYSTEM_CONTEXT, "gasPerPubdataByte()", 4);
        assertThat(price("ChainType = 'arbitrum'")).contains(Wei.of(7));
        assertThat(price("ChainType = 'scroll'")).contains(Wei.of(8));
        assertThat(price("ChainType = 'kroma'")).contains(Wei.of(9));
        assertThat(price("ChainType = 'zksync'")).contains(Wei.of(100));
    }

    @Test
    void configuredOracle_winsOverTheType() {
        answers.put("0x5b38da6a701c568545dcfcb03fcb875f56beddc4 " + Bytes.fromHex("0x50d25bcd"), 42L);
        assertThat(price("""
                        ChainType = 'arbitrum'
                        GasEstimator.DAOracle.OracleType = 'custom_calldata'
                        GasEstimator.DAOracle.OracleAddress = '0x5B38Da6a701c568545dCfcB03FcB875f56beddC4'
                        GasEstimator.DAOracle.CustomGasPriceCalldata = '0x50d25bcd'
                        """)).contains(Wei.of(42));
    }

    @Test
    void contractThatIsNoOracle_isToldApart() {
        assertThatThrownBy(() -> price("ChainType = 'arbitrum'"))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("check GasEstimator.DAOracle");
    }
}
