package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The kinds of keys beside Ethereum's, as a Go node was recorded to answer. The recorded key files are imported first,
 * so that all that follows is about the same keys and can be compared to the letter.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RecordedKeysTest {

    private final Map<String, String> cookies = new HashMap<>();
    private TestNode node;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        cookies.put("admin", node.loginAdmin());
        for (Role role : List.of(Role.VIEW, Role.RUN, Role.EDIT)) {
            node.accounts.create(role.word() + "@b.test", "Sixteen-chars-pw2!", role);
            cookies.put(role.word(), node.login(role.word() + "@b.test", "Sixteen-chars-pw2!"));
        }
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private void forget() {
        node.keystore.csa().list().forEach(key -> node.keystore.csa().deleteForever(key.id()));
        node.keystore.p2p().list().forEach(key -> node.keystore.p2p().deleteForever(key.id()));
        node.keystore.ocr().list().forEach(key -> node.keystore.ocr().deleteForever(key.id()));
        node.keystore.ocr2().list().forEach(key -> node.keystore.ocr2().deleteForever(key.id()));
        node.keystore.vrf().stored().list().forEach(key -> node.keystore
                .vrf()
                .stored()
                .deleteForever(key.compressed()));
    }

    private HttpResponse<String> ask(Recorded recorded) throws Exception {
        return node.call(
                recorded.method(), recorded.path(), Map.of("cookie", cookies.get(recorded.role())), recorded.body());
    }

    /** Ids of keys that are made anew, and what encryption draws. */
    private static String masked(String text) {
        return text.replaceAll("[0-9a-fA-F]{64,}", "HEX")
                .replaceAll("(HEX){2}", "HEX")
                .replaceAll("[0-9a-fA-F]{40}", "ADDRESS")
                .replaceAll("\"(iv|mac|salt|ciphertext)\":\"\\w+\"", "\"$1\":\"DRAWN\"")
                .replaceAll("12D3Koo\\w+", "PEER");
    }

    @ParameterizedTest
    @CsvSource({"ocr, 353, 367, 365", "ocr2, 368, 382, 380", "p2p, 383, 398, 395", "vrf, 399, 413, 411"})
    void keysOfOneKind_areMadeShownExportedDeletedAndImportedAsRecorded(String kind, int first, int last, int file)
            throws Exception {
        forget();
        Recorded created = Recorded.number(first);
        assertThat(masked(ask(created).body())).isEqualTo(masked(created.answer()));
        HttpResponse<String> imported = ask(Recorded.number(file));
        assertThat(imported.statusCode()).isEqualTo(200);
        assertThat(masked(imported.body())).isEqualTo(masked(created.answer()));
        assertThat(imported.body()).isEqualTo(created.answer());

        for (int number : IntStream.rangeClosed(first + 1, last).toArray()) {
            Recorded recorded = Recorded.number(number);
            HttpResponse<String> answer = ask(recorded);
            assertThat(answer.statusCode()).as(recorded.toString()).isEqualTo(recorded.status());
            if (recorded.name().endsWith("-list-more")) {
                assertThat(data(answer.body())).as(recorded.toString()).contains(data(created.answer()));
            } else if (recorded.name().endsWith("-export")) {
                assertThat(masked(answer.body())).as(recorded.toString()).isEqualTo(masked(recorded.answer()));
            } else if (number == file) {
                assertThat(answer.body()).as(recorded.toString()).isEqualTo(created.answer());
            } else {
                assertThat(answer.body()).as(recorded.toString()).isEqualTo(recorded.answer());
            }
        }
    }

    /** The resource or resources of an answer. */
    private static String data(String answer) {
        String text = JsonMapper.shared().readTree(answer).get("data").toString();
        return text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
    }

    @Test
    void answerToAnOcrImport_holdsNoPrivateKey() throws Exception {
        Recorded file = Recorded.number(365);
        forget();
        assertThat(file.answer()).contains("EcdsaD", "Ed25519PrivKey", "OffChainEncryption");

        HttpResponse<String> answer = ask(file);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(answer).at("/data/attributes").propertyNames())
                .containsExactly("onChainSigningAddress", "offChainPublicKey", "configPublicKey");
    }

    @Test
    void csaKey_isImportedShownAndExportedAsRecorded_andASecondIsNotMade() throws Exception {
        forget();
        Recorded export = Recorded.number(309);
        assertThat(node.post("/v2/keys/csa/import?oldpassword=export-pw", cookies.get("admin"), export.answer())
                        .statusCode())
                .isEqualTo(200);

        for (int number : List.of(300, 307, 308, 309, 310, 311, 312, 414, 415)) {
            Recorded recorded = Recorded.number(number);
            HttpResponse<String> answer = ask(recorded);
            assertThat(answer.statusCode()).as(recorded.toString()).isEqualTo(recorded.status());
            assertThat(number == 309 ? masked(answer.body()) : answer.body())
                    .as(recorded.toString())
                    .isEqualTo(number == 309 ? masked(recorded.answer()) : recorded.answer());
        }
    }

    @Test
    void csaFileOfTheGoCommandLine_opensThoughItsPasswordWasEscapedTwice() throws Exception {
        forget();
        String id = node.keystore.csa().create().id();
        HttpResponse<String> file = node.post(
                "/v2/keys/csa/export/" + id + "?newpassword=Export-pass-16chars%2521", cookies.get("admin"), "");
        node.keystore.csa().deleteForever(id);

        HttpResponse<String> answer =
                node.post("/v2/keys/csa/import?oldpassword=Export-pass-16chars%21", cookies.get("admin"), file.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(node.keystore.csa().find(id)).isPresent();
    }

    @Test
    void deletedKey_comesBackOutOfTheArchive_untilItIsDeletedForEver() throws Exception {
        String id = node.keystore.vrf().stored().create().compressed();
        Map<String, String> admin = Map.of("cookie", cookies.get("admin"));
        assertThat(node.call("DELETE", "/v2/keys/vrf/" + id, admin, "").statusCode())
                .isEqualTo(200);

        HttpResponse<String> restored = node.post("/v2/keys/vrf/restore/" + id, cookies.get("admin"), "");

        JsonNode back = TestNode.json(restored).get("data");
        assertThat(back.get("id").stringValue()).isEqualTo(id);
        assertThat(node.call("DELETE", "/v2/keys/vrf/" + id + "?hard=true", admin, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(node.post("/v2/keys/vrf/restore/" + id, cookies.get("admin"), "")
                        .statusCode())
                .isEqualTo(404);
    }
}
