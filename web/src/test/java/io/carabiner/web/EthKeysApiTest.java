package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.Eip55;
import io.carabiner.keystore.EthKey;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.txm.ActionOutcome;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class EthKeysApiTest {

    private TestNode node;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        cookie = node.loginAdmin();
    }

    @BeforeEach
    void forget() {
        node.keystore.eth().list().stream().map(EthKey::address).distinct().forEach(key -> node.keystore
                .eth()
                .deleteForever(key));
        node.rpc.dead = false;
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evm", "eth"})
    void key_isCreatedExportedDeletedAndImported(String path) throws Exception {
        HttpResponse<String> created = node.post("/v2/keys/" + path + "?evmChainID=1337", cookie, "");
        String address = Eip55.format(node.keystore.eth().list().getFirst().address());
        assertThat(Recorded.masked(created.body()))
                .isEqualTo(Recorded.masked(Recorded.number(313).answer()));
        assertThat(created.body()).contains("\"id\":\"1337/" + address + "\"");

        HttpResponse<String> exported =
                node.post("/v2/keys/" + path + "/export/" + address + "?newpassword=export-pw", cookie, "");
        assertThat(exported.statusCode()).isEqualTo(200);
        assertThat(exported.headers().firstValue("content-type")).contains("application/vnd.api+json");

        HttpResponse<String> deleted =
                node.call("DELETE", "/v2/keys/" + path + "/" + address, Map.of("cookie", cookie), "");
        assertThat(Recorded.masked(deleted.body()))
                .isEqualTo(Recorded.masked(Recorded.number(339).answer()));
        assertThat(node.keystore.eth().list()).isEmpty();

        String importPath = "/v2/keys/" + path + "/import?oldpassword=export-pw&evmChainID=1337";
        HttpResponse<String> imported = node.post(importPath, cookie, exported.body());
        assertThat(imported.statusCode()).isEqualTo(200);
        assertThat(imported.body()).contains(address);

        HttpResponse<String> again = node.post(importPath, cookie, exported.body());
        assertThat(again.statusCode()).isEqualTo(500);
        assertThat(again.body()).isEqualTo(Recorded.number(325).answer());
    }

    @Test
    void keyFileRecordedFromAGoNode_isImported() throws Exception {
        Recorded recorded = Recorded.number(343);

        HttpResponse<String> imported = node.post(recorded.path(), cookie, recorded.body());

        assertThat(imported.statusCode()).isEqualTo(200);
        assertThat(imported.body()).contains("0x79E29AdA10935eF93fA53f840a47B05326b9Ea31");
    }

    @ParameterizedTest
    @ValueSource(ints = {315, 316, 317, 321, 322, 331, 332, 333, 334, 335, 336, 337, 340, 341, 344, 346})
    void whatIsRefused_isRefusedAsRecorded(int number) throws Exception {
        Recorded recorded = Recorded.number(number);

        HttpResponse<String> answer =
                node.call(recorded.method(), recorded.path(), Map.of("cookie", cookie), recorded.body());

        assertThat(answer.statusCode()).isEqualTo(recorded.status());
        assertThat(answer.body()).isEqualTo(recorded.answer());
    }

    @Test
    void chain_isNotNeededWhereThereIsOnlyOne() throws Exception {
        assertThat(node.post("/v2/keys/evm", cookie, "").body()).contains("\"evmChainID\":\"1337\"");
    }

    @Test
    void list_hasBalancesAndPutsDisabledKeysLast() throws Exception {
        EthKey first = node.keystore.eth().create(node.rpc.chainId());
        EthKey second = node.keystore.eth().create(node.rpc.chainId());
        EthKey lower = first.address().compareTo(second.address()) < 0 ? first : second;
        EthKey higher = lower.equals(first) ? second : first;
        node.keystore.eth().disable(lower.address(), node.rpc.chainId());
        node.rpc.wei = new BigInteger("1000000000000000000000");
        node.rpc.juels = BigInteger.TEN;

        HttpResponse<String> list = node.get("/v2/keys/eth", cookie);

        assertThat(TestNode.json(list).get("data").values().stream()
                        .map(key -> key.get("attributes").get("address").stringValue())
                        .toList())
                .isEqualTo(List.of(Eip55.format(higher.address()), Eip55.format(lower.address())));
        assertThat(list.body())
                .contains("\"ethBalance\":\"1000000000000000000000\"", "\"linkBalance\":\"10\"", "\"disabled\":true")
                .contains("\"maxGasPriceWei\":\"1000000000000000\"");
    }

    @Test
    void balances_areNullWhenTheChainDoesNotAnswer() throws Exception {
        node.keystore.eth().create(node.rpc.chainId());
        node.rpc.dead = true;

        assertThat(node.get("/v2/keys/evm", cookie).body()).contains("\"ethBalance\":null,\"linkBalance\":null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lower", "upper"})
    void delete_findsTheAddressInAnyCase(String letters) throws Exception {
        String address =
                node.keystore.eth().create(node.rpc.chainId()).address().toString();
        String written =
                letters.equals("lower") ? address : "0x" + address.substring(2).toUpperCase(Locale.ROOT);

        assertThat(node.call("DELETE", "/v2/keys/evm/" + written, Map.of("cookie", cookie), "")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evm", "eth"})
    void key_isSwitchedOffAndOnForAChain_asRecorded(String path) throws Exception {
        Address key = node.keystore.eth().create(node.rpc.chainId()).address();
        String route = "/v2/keys/" + path + "/chain?address=" + key + "&evmChainID=1337";

        HttpResponse<String> off = node.post(route + "&enabled=false", cookie, "");
        assertThat(Recorded.masked(off.body()))
                .isEqualTo(Recorded.masked(Recorded.number(326).answer()));
        assertThat(node.keystore.eth().enabled(node.rpc.chainId())).isEmpty();
        assertThat(node.post(route, cookie, "").body()).contains("\"disabled\":true");

        HttpResponse<String> on = node.post(route + "&enabled=t", cookie, "");
        assertThat(Recorded.masked(on.body()))
                .isEqualTo(Recorded.masked(Recorded.number(328).answer()));
        assertThat(node.keystore.eth().enabled(node.rpc.chainId())).hasSize(1);
    }

    @Test
    void deletedKey_comesBackOutOfTheArchive_untilItIsDeletedForEver() throws Exception {
        String key = node.keystore.eth().create(node.rpc.chainId()).address().toString();
        assertThat(node.call("DELETE", "/v2/keys/evm/" + key, Map.of("cookie", cookie), "")
                        .statusCode())
                .isEqualTo(200);

        assertThat(node.post("/v2/keys/evm/restore/" + key, cookie, "").body()).contains("\"disabled\":false");
        assertThat(node.keystore.eth().list()).hasSize(1);

        assertThat(node.call("DELETE", "/v2/keys/evm/" + key + "?hard=true", Map.of("cookie", cookie), "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(node.post("/v2/keys/evm/restore/" + key, cookie, "").body()).contains("Key not found");
        assertThat(node.call("DELETE", "/v2/keys/evm/" + key + "?hard=true", Map.of("cookie", cookie), "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void abandon_switchesOffFirst_andAsksTheManager() throws Exception {
        node.post("/v2/keys/evm?evmChainID=1337", cookie, "");
        String address = Eip55.format(node.keystore.eth().list().getFirst().address());
        String chain = "/v2/keys/evm/chain?evmChainID=1337&address=" + address;

        HttpResponse<String> given = node.post(chain + "&abandon=true&enabled=false", cookie, "");
        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(given.body()).contains("\"disabled\":true");
        assertThat(node.sender.actions).last().asString().endsWith(" abandon");

        node.sender.outcome = new ActionOutcome.NotPossible("the key's work did not come to it within 8 s");
        HttpResponse<String> late = node.post(chain + "&abandon=true&enabled=true", cookie, "");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("did not come to it");
        assertThat(node.keystore.eth().enabled(ChainId.of(1337)))
                .as("not switched on after all")
                .isEmpty();
        node.sender.outcome = new ActionOutcome.Done("it was done");
    }
}
