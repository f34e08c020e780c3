package io.carabiner.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.crypto.PrivateKey;
import io.carabiner.crypto.Secp256k1;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.keystore.KeystoreException.Reason;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestClock;
import io.carabiner.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The kinds of keys beside Ethereum's, on a real PostgreSQL and with the files of a Go node. */
class StoredKeysTest {

    private static final String PASSWORD = "Sixteen-chars-pw1!";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestDatabase postgres;
    private Database database;
    private Keystore keystore;

    @BeforeEach
    void openDatabase() throws InterruptedException {
        postgres = TestDatabase.copyOf("keystore", this::migrate);
        database = open(postgres);
        keystore = unlock();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
        postgres.close();
    }

    private void migrate(TestDatabase template) {
        try {
            open(template).close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Database open(TestDatabase server) throws InterruptedException {
        return Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {});
    }

    private Keystore unlock() {
        return Keystore.open(database, Password.of(PASSWORD), ScryptCost.FAST, clock);
    }

    private static StoredKeys<?> of(Keystore keystore, String type) {
        return switch (type) {
            case "csa" -> keystore.csa();
            case "ocr" -> keystore.ocr();
            case "ocr2" -> keystore.ocr2();
            case "p2p" -> keystore.p2p();
            case "vrf" -> keystore.vrf().stored();
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** What the API shows of a key, in the words of the recording. */
    private static Map<String, String> shown(Object key) {
        return switch (key) {
            case CsaKey csa -> Map.of("publicKey", csa.publicKey());
            case P2pKey p2p -> Map.of("peerId", p2p.peerId(), "publicKey", p2p.publicKey());
            case OcrKey ocr ->
                Map.of(
                        "onChainSigningAddress", ocr.onChainSigningAddress(),
                        "offChainPublicKey", ocr.offChainPublicKey(),
                        "configPublicKey", ocr.configPublicKey());
            case Ocr2Key ocr2 ->
                Map.of(
                        "chainType", "evm",
                        "onchainPublicKey", "ocr2on_evm_" + ocr2.onchainPublicKey(),
                        "offchainPublicKey", "ocr2off_evm_" + ocr2.offchainPublicKey(),
                        "configPublicKey", "ocr2cfg_evm_" + ocr2.configPublicKey());
            case VrfKey vrf ->
                Map.of("compressed", vrf.compressed(), "uncompressed", vrf.uncompressed(), "hash", vrf.hash());
            default -> throw new IllegalArgumentException(key.toString());
        };
    }

    private static Map<String, String> recorded(JsonNode attributes) {
        Map<String, String> texts = new TreeMap<>();
        attributes.properties().stream()
                .filter(member -> member.getValue().isString())
                .forEach(member -> texts.put(member.getKey(), member.getValue().stringValue()));
        return texts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "csa-fast",
                "csa-password-long",
                "csa-password-short",
                "csa-password-space",
                "csa-password-special",
                "ocr-fast",
                "ocr2-fast",
                "p2p-fast",
                "vrf-fast",
                "vrf-standard"
            })
    void fileOfAGoNode_isImported_andOursHasItsShapeAndOpensTheSameKey(String name) {
        JsonNode golden = Golden.read("export-" + name + ".json");
        Password password = Password.of(golden.path("password").asString());
        StoredKeys<?> keys = of(keystore, name.substring(0, name.indexOf('-')));

        Object imported = keys.importFile(golden.path("export").toString(), password);

        String id = P2pKey.bare(golden.path("id").asString());
        assertThat(shown(imported)).containsAllEntriesOf(recorded(golden.path("attributes")));
        assertThat(idOf(imported)).isEqualTo(id);
        String file = keys.export(id, Password.of("another, with ümläuts"));
        assertThat(withoutSecrets(file))
                .isEqualTo(withoutSecrets(golden.path("export").toString()));
        keys.deleteForever(id);
        assertThat(keys.importFile(file, Password.of("another, with ümläuts"))).isEqualTo(imported);
        assertThat(of(unlock(), name.substring(0, name.indexOf('-'))).list())
                .hasToString(List.of(imported).toString());
    }

    /** Member for member in its order, but for what scrypt and AES draw anew. */
    private static String withoutSecrets(String file) {
        return file.replaceAll("\"(ciphertext|iv|salt|mac)\":\"[0-9a-f]+\"", "\"$1\":\"$1\"")
                .replace("\"n\":262144", "\"n\":2");
    }

    static Stream<Named<JsonNode>> refusedImports() {
        return Golden.read("imports-others.json")
                .valueStream()
                .map(c -> Named.of(c.path("case").asString(), c));
    }

    @Test
    void recordedRefusals_haveTheGoNodesWords() {
        assertThat(refusedImports()).hasSizeGreaterThan(40).allSatisfy(named -> {
            JsonNode golden = named.getPayload();
            JsonNode sent = golden.path("sent");
            String file = sent.isString() ? sent.asString() : sent.toString();
            assertThatThrownBy(() -> of(keystore, golden.path("type").asString())
                            .importFile(
                                    file, Password.of(golden.path("password").asString())))
                    .isInstanceOf(KeystoreException.class)
                    .hasMessage(golden.at("/body/errors/0/detail").asString())
                    .extracting("reason")
                    .isEqualTo(Reason.KEY_FILE_REFUSED);
        });
    }

    @Test
    void fileThatIsNestedTooDeeply_isRefusedInWords() {
        assertThatThrownBy(() -> keystore.ocr().importFile("{\"a\":".repeat(3000), Password.of("x")))
                .hasMessage("OCRKeyStore#ImportKey failed to decrypt key: invalid JSON: it is nested too deeply, or a"
                        + " part of it is too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast"})
    void ringOfAGoNode_showsEveryKeyOfEachKind(String cost) {
        JsonNode golden = Golden.read("key-ring-" + cost + ".json");
        postgres.query("INSERT INTO carabiner.encrypted_key_rings (encrypted_keys, updated_at) VALUES (CAST('"
                + golden.path("encryptedKeys") + "' AS jsonb), now()) RETURNING 1");
        Keystore opened = unlock();

        golden.path("keys")
                .valueStream()
                .filter(key -> !key.path("type").asString().equals("eth"))
                .forEach(key -> assertThat(of(opened, key.path("type").asString())
                                .find(P2pKey.bare(key.path("id").asString()))
                                .map(StoredKeysTest::shown))
                        .as(key.toString())
                        .contains(recorded(key.path("attributes"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csa", "ocr", "ocr2", "p2p", "vrf"})
    void newKey_survivesARestart_andComesBackAfterItWasDeleted(String type) {
        Object made = of(keystore, type).create();
        String id = idOf(made);

        of(unlock(), type).delete(id);

        StoredKeys<?> later = of(unlock(), type);
        assertThat(later.list()).isEmpty();
        assertThatThrownBy(() -> later.export(id, Password.of("x")))
                .hasMessage("unable to find " + (type.startsWith("ocr") ? "OCR" : type.toUpperCase(Locale.ROOT))
                        + " key with id " + (type.equals("p2p") ? "p2p_" + id : id));
        assertThat(later.restore(id)).isEqualTo(made);
        assertThat(of(unlock(), type).find(id)).hasToString("Optional[" + made + "]");
        assertThat(later.deleteForever(id)).isPresent();
        assertThatThrownBy(() -> later.restore(id)).extracting("reason").isEqualTo(Reason.KEY_NOT_FOUND);
    }

    private static String idOf(Object key) {
        return switch (key) {
            case CsaKey csa -> csa.id();
            case P2pKey p2p -> p2p.id();
            case OcrKey ocr -> ocr.id();
            case Ocr2Key ocr2 -> ocr2.id();
            case VrfKey vrf -> vrf.compressed();
            default -> throw new IllegalArgumentException(key.toString());
        };
    }

    @Test
    void secondCsaKey_isNotMade_andAKnownKeyIsNotImportedAgainButForOcr2() {
        keystore.csa().create();
        assertThatThrownBy(() -> keystore.csa().create())
                .hasMessage("can only have 1 CSA key")
                .extracting("reason")
                .isEqualTo(Reason.KEY_LIMIT);

        OcrKey ocr = keystore.ocr().create();
        String file = keystore.ocr().export(ocr.id(), Password.of("x"));
        assertThatThrownBy(() -> keystore.ocr().importFile(file, Password.of("x")))
                .hasMessage("key with ID " + ocr.id() + " already exists");

        Ocr2Key ocr2 = keystore.ocr2().create();
        String file2 = keystore.ocr2().export(ocr2.id(), Password.of("x"));
        assertThat(keystore.ocr2().importFile(file2, Password.of("x"))).isEqualTo(ocr2);
        assertThat(keystore.ocr2().list()).containsExactly(ocr2);
    }

    @Test
    void ocr2KeyOfAnotherTypeOfChain_staysInTheRing_unseen() {
        byte[] solana = "{\"ChainType\":\"solana\",\"ID\":\"00\"}".getBytes(StandardCharsets.UTF_8);
        KeyRing ring = KeyRing.EMPTY.withRaw("OCR2", List.of(solana));
        postgres.query("INSERT INTO carabiner.encrypted_key_rings (encrypted_keys, updated_at) VALUES (CAST('"
                + keystore.seal(ring) + "' AS jsonb), now()) RETURNING 1");
        Keystore opened = unlock();

        Ocr2Key made = opened.ocr2().create();

        assertThat(unlock().ocr2().list()).containsExactly(made);
        assertThat(unlock().state().ring().raw("OCR2")).hasSize(2).first().isEqualTo(solana);
    }

    @Test
    void proof_isMadeWithTheKeyOfThePublicKey_andTheKeyIsWipedAfterwards() {
        VrfKey made = keystore.vrf().stored().create();
        AtomicReference<PrivateKey> kept = new AtomicReference<>();

        String point = keystore.vrf().prove(made.compressed(), key -> {
            kept.set(key);
            return Secp256k1.publicKey(key).bytes().toString();
        });

        assertThat(point).isEqualTo(made.uncompressed());
        assertThat(kept.get().isDestroyed()).isTrue();
        assertThatThrownBy(() -> keystore.vrf().prove("0x00", key -> ""))
                .hasMessage("unable to find VRF key with id 0x00");
    }

    @Test
    void newFiles_holdWhatTheirNamesSay() {
        String ocr2 = keystore.ocr2().create().id();
        byte[] raw = keystore.state().ring().raw("OCR2").getFirst();
        JsonNode json = JsonMapper.shared().readTree(raw);
        String unnamed = json.toString().replace(ocr2, "0".repeat(64));

        assertThat(json.propertyNames()).containsExactly("ChainType", "OffchainKeyring", "Keyring", "ID");
        assertThat(RawJson.sha256(unnamed.getBytes(StandardCharsets.UTF_8))).isEqualTo(ocr2);
    }
}
