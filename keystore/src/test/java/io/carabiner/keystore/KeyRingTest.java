package io.carabiner.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.crypto.Eip55;
import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ring in the clear, and the rings a Go node stored. */
class KeyRingTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({"fast,2,1,2,2", "standard,2,1,1,1"})
    void recordedRing_opensWithTheRecordedPassword_andHoldsEveryKey(String cost, int eth, int csa, int ocr, int p2p)
            throws Exception {
        JsonNode golden = Golden.read("key-ring-" + cost + ".json");

        KeyRing ring = KeyRing.parse(plaintextOf(golden));

        List<String> expected = golden.path("keys")
                .valueStream()
                .filter(key -> key.path("type").asString().equals("eth"))
                .map(key -> key.path("id").asString())
                .toList();
        assertThat(ring.eth().keySet().stream().map(Eip55::format))
                .hasSize(eth)
                .containsExactlyInAnyOrderElementsOf(expected);
        ring.eth().forEach((address, key) -> assertThat(EthereumAddress.of(key)).isEqualTo(address));
        assertThat(ring.count("CSA")).isEqualTo(csa);
        assertThat(ring.count("OCR")).isEqualTo(ocr);
        assertThat(ring.count("P2P")).isEqualTo(p2p);
        assertThat(ring.count("VRF")).isEqualTo(1);
    }

    @Test
    void recordedRing_rewrittenByUs_saysTheSameToAGoNode() throws Exception {
        byte[] plaintext = plaintextOf(Golden.read("key-ring-fast.json"));

        JsonNode rewritten = JSON.readTree(KeyRing.parse(plaintext).toJson());

        assertThat(rewritten).isEqualTo(JSON.readTree(plaintext));
    }

    @Test
    void membersNobodyKnows_surviveARewrite() {
        String ring = "{\"Eth\":null,\"FromTheFuture\":{\"a\":[1,\"x\"]},\"CSA\":[\"AQID\"],\"LegacyKeys\":[\"BAUG\"]}";

        KeyRing more = KeyRing.parse(ring.getBytes(StandardCharsets.UTF_8))
                .with(EthereumAddress.of(PrivateKey.of(new byte[] {7})), PrivateKey.of(new byte[] {7}));

        assertThat(new String(more.toJson(), StandardCharsets.UTF_8))
                .isEqualTo("{\"Eth\":[\"Bw==\"],\"FromTheFuture\":{\"a\":[1,\"x\"]},\"CSA\":[\"AQID\"],"
                        + "\"LegacyKeys\":[\"BAUG\"]}");
    }

    @Test
    void keysWithLeadingZeros_areStoredAsTheGoNodeStoresThem() {
        byte[] scalar = new byte[32];
        scalar[30] = 1;
        PrivateKey key = PrivateKey.of(scalar);

        KeyRing ring = KeyRing.EMPTY.with(EthereumAddress.of(key), key);

        String stored = new String(ring.toJson(), StandardCharsets.UTF_8);
        assertThat(stored).isEqualTo("{\"Eth\":[\"" + Base64.getEncoder().encodeToString(new byte[] {1, 0}) + "\"]}");
        assertThat(KeyRing.parse(ring.toJson()).eth()).containsOnlyKeys(EthereumAddress.of(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "{\"Eth\":5}", "{\"Eth\":[5]}", "{\"Eth\":[\"AA==\"]}", "{\"Eth\":[\"?canary\"]}"
            })
    void otherThanARing_isRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> KeyRing.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("canary");
    }

    private static byte[] plaintextOf(JsonNode golden) throws Exception {
        Password password = Password.of(golden.path("password").asString());
        return EncryptedJson.decrypt(golden.path("encryptedKeys"), password.withPrefix("master-password-"));
    }
}
