package io.carabiner.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.PrivateKey;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A key and passwords that are easy to find again: nothing that is said or thrown holds them in any form. */
class SecretCanaryTest {

    private static final byte[] KEY = HexFormat.of().parseHex("ca11ab1e5afe".repeat(5) + "0b0d");
    private static final String PASSWORD = "Canary-Keystore-Pass-77";
    private static final String FILE_PASSWORD = "Canary-File-Pass-88";
    private static final ChainId CHAIN = ChainId.of(1337);

    @TempDir
    Path folder;

    private final TestDatabase server = TestDatabase.create();
    private final List<String> said = new ArrayList<>();
    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {});
    }

    @AfterEach
    void close() {
        database.close();
        server.close();
    }

    private Keystore keystore(String password) {
        return Keystore.open(database, Password.of(password), ScryptCost.FAST, TimeSource.system());
    }

    /** All that a fault says: messages, causes, what was suppressed. */
    private void fails(Runnable flow) {
        try {
            flow.run();
        } catch (RuntimeException e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text, true));
            said.add(text.toString());
            return;
        }
        throw new AssertionError("this was meant to fail");
    }

    private static List<String> forms(byte[] secret) {
        String hex = HexFormat.of().formatHex(secret);
        return List.of(
                hex,
                Base64.getEncoder().withoutPadding().encodeToString(secret),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                new BigInteger(1, secret).toString(),
                Arrays.toString(secret));
    }

    private static boolean holdsSecret(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return forms(KEY).stream().anyMatch(form -> lower.contains(form.toLowerCase(Locale.ROOT)))
                || text.contains(PASSWORD)
                || text.contains(FILE_PASSWORD);
    }

    @Test
    void noFlowOfTheKeystore_saysASecret() {
        PrivateKey secret = PrivateKey.of(KEY);
        Address address = EthereumAddress.of(secret);
        String file = Web3KeyFile.write(address, secret, Password.of(FILE_PASSWORD), ScryptCost.FAST);
        Keystore keystore = keystore(PASSWORD);
        fails(() -> keystore.eth().importV3(file, Password.of("wrong"), CHAIN));
        fails(() ->
                keystore.eth().importV3(file.replace("\"crypto\"", "\"crypta\""), Password.of(FILE_PASSWORD), CHAIN));
        fails(() -> keystore.eth().importV3(HexFormat.of().formatHex(KEY), Password.of(FILE_PASSWORD), CHAIN));
        keystore.eth().importV3(file, Password.of(FILE_PASSWORD), CHAIN);
        fails(() -> keystore.eth().importV3(file, Password.of(FILE_PASSWORD), CHAIN));
        said.add(keystore.eth().sign(address, Hash32.ZERO).toString());
        said.add(keystore.eth().exportV3(address, Password.of(FILE_PASSWORD)));
        said.add(keystore + " " + keystore.eth() + " " + keystore.state() + " " + secret + " " + Password.of(PASSWORD)
                + " " + keystore.state().ring());
        fails(() -> keystore("Canary-Keystore-Pass-7"));

        keystore.eth().delete(address);
        said.add(server.query("SELECT string_agg(a::text, ' ') FROM carabiner.archived_keys a"));
        said.add(server.query("SELECT string_agg(r::text, ' ') FROM carabiner.encrypted_key_rings r"));
        fails(() -> keystore.eth().sign(address, Hash32.ZERO));
        fails(() -> keystore.eth().exportV3(address, Password.of(FILE_PASSWORD)));
        server.query("UPDATE carabiner.archived_keys SET encrypted_key = '{\"cipher\": 1}' RETURNING 1");
        fails(() -> keystore.eth().restore(address));
        keystore.eth().deleteForever(address);
        fails(() -> keystore.eth().restore(address));
        server.query("UPDATE carabiner.encrypted_key_rings SET encrypted_keys = '{}' RETURNING 1");
        fails(() -> keystore(PASSWORD));

        assertThat(said).hasSizeGreaterThan(10).noneMatch(SecretCanaryTest::holdsSecret);
    }

    /** The parts of a raw key that are secret, of whatever kind. */
    private static List<byte[]> secretsOf(Keystore keystore) {
        List<byte[]> secrets = new ArrayList<>();
        KeyRing ring = keystore.state().ring();
        secrets.add(Arrays.copyOf(ring.raw("CSA").getFirst(), 32));
        secrets.add(Arrays.copyOfRange(ring.raw("P2P").getFirst(), 4, 36));
        secrets.add(ring.raw("VRF").getFirst());
        JsonNode ocr = RawJson.read(ring.raw("OCR").getFirst());
        secrets.add(ocr.path("EcdsaD").bigIntegerValue().toByteArray());
        secrets.add(Arrays.copyOf(ocr.path("Ed25519PrivKey").binaryValue(), 32));
        JsonNode ocr2 = RawJson.read(ring.raw("OCR2").getFirst());
        secrets.add(ocr2.path("Keyring").binaryValue());
        secrets.add(Arrays.copyOf(ocr2.path("OffchainKeyring").binaryValue(), 32));
        return secrets;
    }

    @Test
    void noFlowOfTheOtherKinds_saysASecret() {
        Keystore keystore = keystore(PASSWORD);
        List<StoredKeys<?>> kinds = List.of(
                keystore.csa(),
                keystore.p2p(),
                keystore.ocr(),
                keystore.ocr2(),
                keystore.vrf().stored());
        List<String> ids = List.of(
                keystore.csa().create().id(),
                keystore.p2p().create().id(),
                keystore.ocr().create().id(),
                keystore.ocr2().create().id(),
                keystore.vrf().stored().create().compressed());
        List<String> forms = secretsOf(keystore).stream()
                .flatMap(secret -> forms(secret).stream())
                .toList();
        for (int i = 0; i < ids.size(); i++) {
            StoredKeys<?> keys = kinds.get(i);
            String id = ids.get(i);
            String file = keys.export(id, Password.of(FILE_PASSWORD));
            said.add(file + keys + keys.find(id) + keystore + keystore.state().ring() + keystore.vrf());
            fails(() -> keys.importFile(file, Password.of("wrong")));
            said.add(String.valueOf(keys.delete(id)));
            said.add(String.valueOf(keys.importFile(file, Password.of(FILE_PASSWORD))));
            fails(() -> keys.restore(id));
            said.add(String.valueOf(keys.deleteForever(id)));
            fails(() -> keys.export(id, Password.of(FILE_PASSWORD)));
        }
        said.add(server.query("SELECT string_agg(a::text, ' ') FROM carabiner.archived_other_keys a"));
        keystore.vrf().stored().create();
        String vrf = keystore.vrf().stored().list().getFirst().compressed();
        keystore.vrf().prove(vrf, key -> said.add(String.valueOf(key)));
        fails(() -> keystore.vrf().prove(vrf, key -> {
            throw new IllegalStateException("could not prove with " + key);
        }));

        assertThat(said)
                .hasSizeGreaterThan(30)
                .noneMatch(text -> forms.stream().anyMatch(text::contains))
                .noneMatch(SecretCanaryTest::holdsSecret);
    }

    @Test
    void damagedKeyOfAnyKind_isNamedWithoutBeingQuoted() {
        Keystore keystore = keystore(PASSWORD);
        for (String kind : List.of("CSA", "P2P", "OCR", "OCR2", "VRF")) {
            byte[] damaged = kind.equals("OCR2")
                    ? "{\"ChainType\":\"evm\",\"Keyring\":\"%%\"}".getBytes(StandardCharsets.UTF_8)
                    : Arrays.copyOf(KEY, 40);
            server.query("DELETE FROM carabiner.encrypted_key_rings RETURNING 1");
            server.query("INSERT INTO carabiner.encrypted_key_rings (encrypted_keys, updated_at) VALUES (CAST('"
                    + keystore.seal(KeyRing.EMPTY.withRaw(kind, List.of(damaged))) + "' AS jsonb), now()) RETURNING 1");
            Keystore opened = keystore(PASSWORD);
            fails(() -> said.add(List.of(
                            opened.csa().list(),
                            opened.p2p().list(),
                            opened.ocr().list(),
                            opened.ocr2().list(),
                            opened.vrf().stored().list())
                    .toString()));
            assertThat(said.getLast()).contains("the key ring holds a " + kind + " key that cannot be read");
        }
        assertThat(said).noneMatch(SecretCanaryTest::holdsSecret);
    }

    @Test
    void deletedKey_survivesARestartInTheArchive_andSignsTheSameOnceItIsBack() {
        Keystore before = keystore(PASSWORD);
        Address address = before.eth().create(CHAIN).address();
        before.eth().enable(address, ChainId.of(5));
        before.eth().disable(address, CHAIN);
        var signature = before.eth().sign(address, Hash32.ZERO);
        before.eth().delete(address);

        Keystore after = keystore(PASSWORD);
        assertThat(after.eth().list()).isEmpty();
        after.eth().restore(address);

        assertThat(after.eth().sign(address, Hash32.ZERO)).isEqualTo(signature);
        assertThat(after.eth().enabled(ChainId.of(5))).hasSize(1);
        assertThat(after.eth().enabled(CHAIN)).isEmpty();
        assertThat(keystore(PASSWORD).eth().list()).hasSize(2);
    }

    @Test
    void theSearch_findsASecretInEachOfItsForms() {
        assertThat(forms(KEY)).allMatch(form -> holdsSecret("before " + form + " after"));
        assertThat(holdsSecret("key=" + HexFormat.of().withUpperCase().formatHex(KEY)))
                .isTrue();
        assertThat(holdsSecret(PASSWORD)).isTrue();
        assertThat(holdsSecret("nothing")).isFalse();
    }
}
