package io.carabiner.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.esaulpaugh.headlong.abi.Function;
import io.carabiner.devnet.DevnetContracts.AskedRequest;
import io.carabiner.devnet.DevnetContracts.Question;
import io.carabiner.localservers.ChainRpc;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Juels;
import io.carabiner.testkit.TestChain;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DevnetContractsTest {

    private static final String ORACLE_REQUEST = "0xd8d7ecc4800d25fa53ce0372f13a416d98907a7ef3d8d3bdd79cf4fe75529c65";
    private static final Juels PAYMENT = new Juels(BigInteger.TEN.pow(17));
    private static final TestChain CHAIN = TestChain.start();
    private static final Address OWNER = CHAIN.accounts().getFirst();

    @AfterAll
    static void stop() {
        CHAIN.close();
    }

    @Test
    void answeredRequest_standsInTheConsumerAndPaysTheOwner() {
        DevnetContracts contracts = DevnetContracts.deploy(new ChainRpc(CHAIN.httpUrl()), OWNER);
        Address node = CHAIN.accounts().get(1);
        assertThat(contracts.present()).isTrue();
        assertThat(contracts.isAuthorised(node)).isFalse();
        contracts.authorise(node);
        assertThat(contracts.isAuthorised(node)).isTrue();
        contracts.giveLink(contracts.deployment().consumer(), PAYMENT);

        UUID job = UUID.randomUUID();
        AskedRequest asked = contracts.ask(job, PAYMENT, new Question("http://127.0.0.1:1/price", "data,price", 100));
        JsonNode request = requestLog(contracts);
        assertThat(request.get("topics").get(1).asString())
                .isEqualTo(
                        Bytes.of(job.toString().replace("-", "").getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                                .toString());
        assertThat(contracts.answer(asked.requestId())).isEmpty();

        CHAIN.execute(node, contracts.deployment().operator(), fulfilment(request, BigInteger.valueOf(314_159)));
        assertThat(contracts.answer(asked.requestId())).contains(BigInteger.valueOf(314_159));
        assertThat(contracts.answerCount()).isEqualTo(BigInteger.ONE);
        assertThat(contracts.answeringTransaction(asked.requestId())).isPresent();

        assertThat(contracts.withdrawable()).isEqualTo(PAYMENT);
        Address purse = Address.fromHex("0x00000000000000000000000000000000000000fe");
        contracts.withdraw(purse, PAYMENT);
        assertThat(contracts.link(purse)).isEqualTo(PAYMENT);
        assertThat(contracts.withdrawable()).isEqualTo(Juels.ZERO);
    }

    @Test
    void present_isFalseOnAnotherChain() {
        DevnetContracts elsewhere = new DevnetContracts(
                new ChainRpc(CHAIN.httpUrl()),
                OWNER,
                new DevnetContracts.Deployment(
                        Address.fromHex("0x00000000000000000000000000000000000000f1"),
                        Address.fromHex("0x00000000000000000000000000000000000000f2"),
                        Address.fromHex("0x00000000000000000000000000000000000000f3")));
        assertThat(elsewhere.present()).isFalse();
    }

    private static JsonNode requestLog(DevnetContracts contracts) {
        JsonNode logs = CHAIN.call(
                "eth_getLogs",
                Map.of(
                        "address", contracts.deployment().operator().toString(),
                        "fromBlock", "earliest",
                        "topics", List.of(ORACLE_REQUEST)));
        assertThat(logs.size()).isEqualTo(1);
        return logs.get(0);
    }

    /** What a node sends for this request. */
    private static Bytes fulfilment(JsonNode request, BigInteger value) {
        String data = request.get("data").asString().substring(2);
        String requestId = word(data, 1);
        Function fulfil = Function.parse("fulfillOracleRequest2(bytes32,uint256,address,bytes4,uint256,bytes)");
        return Bytes.fromHex(DevTransactions.encoded(
                fulfil,
                Bytes.fromHex(requestId).toArray(),
                new BigInteger(word(data, 2), 16),
                Address.fromHex(word(data, 3).substring(24)),
                Bytes.fromHex(word(data, 4).substring(0, 8)).toArray(),
                new BigInteger(word(data, 5), 16),
                Bytes.fromHex(requestId + String.format("%064x", value)).toArray()));
    }

    private static String word(String data, int index) {
        return data.substring(index * 64, index * 64 + 64);
    }
}
