package io.carabiner.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.crypto.Eip55;
import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.Signature;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.keystore.KeystoreException.Reason;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestClock;
import io.carabiner.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The keystore on a real PostgreSQL, from its first start on. */
class KeystoreTest {

    private static final ChainId CHAIN = ChainId.of(1337);
    private static final ChainId OTHER_CHAIN = ChainId.of(4242);
    private static final String PASSWORD = "Sixteen-chars-pw1!";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestDatabase postgres;
    private Database database;

    @BeforeEach
    void openDatabase() throws InterruptedException {
        postgres = TestDatabase.copyOf("keystore", this::migrate);
        database = open(postgres);
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
        return unlock(PASSWORD);
    }

    private Keystore unlock(String password) {
        return Keystore.open(database, Password.of(password), ScryptCost.FAST, clock);
    }

    @Test
    void firstStart_makesOneKeyForEachChain_andTheNextStartFindsThem() {
        List<EthKey> made = unlock().eth().ensure(List.of(CHAIN, OTHER_CHAIN));

        EthKeys reopened = unlock().eth();
        assertThat(made).hasSize(2).extracting(EthKey::chainId).containsExactly(CHAIN, OTHER_CHAIN);
        assertThat(reopened.list()).containsExactlyInAnyOrderElementsOf(made);
        assertThat(reopened.ensure(List.of(CHAIN, OTHER_CHAIN))).isEmpty();
        assertThat(reopened.enabled(CHAIN)).containsExactly(made.getFirst());
    }

    @Test
    void keyThatWasSwitchedOff_isNotReplacedByANewOne() {
        EthKeys keys = unlock().eth();
        EthKey key = keys.create(CHAIN);
        keys.disable(key.address(), CHAIN);

        assertThat(keys.ensure(List.of(CHAIN))).isEmpty();
        assertThat(keys.enabled(CHAIN)).isEmpty();
    }

    @Test
    void signature_belongsToTheKeysAddress_alsoAfterARestart() {
        Address address = unlock().eth().create(CHAIN).address();
        Hash32 digest = Keccak256.hashText("a transaction");

        Signature signature = unlock().eth().sign(address, digest);

        assertThat(EthereumAddress.recover(digest, signature)).contains(address);
    }

    @Test
    void manyThreads_signAtOnce_withoutTheDatabase() throws Exception {
        EthKeys keys = unlock().eth();
        Address address = keys.create(CHAIN).address();
        database.close();
        postgres.cutConnections();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> signed = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> {
                        Hash32 digest = Keccak256.hashText("transaction " + i);
                        return EthereumAddress.recover(digest, keys.sign(address, digest))
                                .filter(address::equals)
                                .isPresent();
                    }))
                    .toList();
            for (Future<Boolean> one : signed) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void wrongPassword_isRefusedWithTheGoNodesWords_andChangesNothing() {
        EthKey key = unlock().eth().create(CHAIN);

        assertThatThrownBy(() -> unlock("Another-16-chars-pw!"))
                .isInstanceOf(KeystoreException.class)
                .hasMessage("error authenticating keystore: unable to decrypt encrypted key ring:"
                        + " could not decrypt key with given password")
                .extracting("reason")
                .isEqualTo(Reason.PASSWORD_WRONG);
        assertThat(unlock().eth().list()).containsExactly(key);
    }

    @Test
    void weakPassword_isRefusedForANewRing_butOpensAnOldOne() {
        assertThatThrownBy(() -> unlock("short"))
                .hasMessageStartingWith("error authenticating keystore: \nExpected password complexity:")
                .hasMessageContaining("password is less than 16 characters long")
                .extracting("reason")
                .isEqualTo(Reason.PASSWORD_TOO_SIMPLE);

        storeRing(weakRing());
        assertThat(unlock("short")).hasToString("Keystore[KeyRing[0 eth keys, other kinds [CSA]]]");
    }

    private static String weakRing() {
        byte[] plaintext = "{\"CSA\":[\"AQID\"]}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return EncryptedJson.encrypt(plaintext, Password.of("short").withPrefix("master-password-"), ScryptCost.FAST)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "standard"})
    void ringOfAGoNode_isTakenOver_andStaysReadableForIt(String cost) throws Exception {
        JsonNode golden = Golden.read("key-ring-" + cost + ".json");
        storeRing(golden.path("encryptedKeys").toString());
        golden.path("evmKeyStates")
                .forEach(state -> postgres.execute(String.format(
                        "INSERT INTO carabiner.evm_key_states VALUES ('\\x%s', %s, %s, now(), now())",
                        state.path("address").asString(),
                        state.path("evm_chain_id").asString(),
                        state.path("disabled").asString())));
        String password = golden.path("password").asString();

        EthKeys keys = unlock(password).eth();
        EthKey more = keys.create(OTHER_CHAIN);

        assertThat(keys.enabled(CHAIN))
                .extracting(key -> Eip55.format(key.address()))
                .containsExactlyInAnyOrderElementsOf(golden.path("keys")
                        .valueStream()
                        .filter(key -> key.path("type").asString().equals("eth"))
                        .map(key -> key.path("id").asString())
                        .toList());
        assertThat(unlock(password).eth().list()).hasSize(3).contains(more);
        assertThat(unlock(password))
                .asString()
                .contains("3 eth keys")
                .contains("CSA")
                .contains("VRF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "standard"})
    void exportOfAGoNode_isImported(String cost) {
        JsonNode golden = Golden.read("export-eth-" + cost + ".json");
        Password password = Password.of(golden.path("password").asString());
        EthKeys keys = unlock().eth();

        EthKey key = keys.importV3(golden.path("export").toString(), password, CHAIN);

        assertThat(Eip55.format(key.address())).isEqualTo(golden.path("id").asString());
        assertThat(unlock().eth().list()).containsExactly(key);
        assertThatThrownBy(() -> keys.importV3(golden.path("export").toString(), password, CHAIN))
                .hasMessage("Key already exists");
    }

    @Test
    void export_opensAgainInAnotherNode() {
        EthKeys keys = unlock().eth();
        EthKey key = keys.create(CHAIN);
        String file = keys.exportV3(key.address(), Password.of("export-pw"));
        keys.delete(key.address());

        EthKey imported = keys.importV3(file, Password.of("export-pw"), OTHER_CHAIN);

        assertThat(imported.address()).isEqualTo(key.address());
        assertThat(imported.chainId()).isEqualTo(OTHER_CHAIN);
    }

    @Test
    void deletedKey_isGoneFromRingAndRows() {
        EthKeys keys = unlock().eth();
        EthKey key = keys.create(CHAIN);
        keys.enable(key.address(), OTHER_CHAIN);
        List<EthKey> both = keys.list();

        assertThat(keys.delete(key.address())).containsExactlyInAnyOrderElementsOf(both);

        assertThat(unlock().eth().list()).isEmpty();
        assertThat(postgres.query("SELECT count(*) FROM carabiner.evm_key_states"))
                .isEqualTo("0");
        assertThatThrownBy(() -> keys.sign(key.address(), Hash32.ZERO)).hasMessage("Key not found");
        assertThatThrownBy(() -> keys.delete(key.address())).hasMessage("Key not found");
        assertThatThrownBy(() -> keys.exportV3(key.address(), Password.of("x"))).hasMessage("Key not found");
        assertThatThrownBy(() -> keys.enable(key.address(), CHAIN)).hasMessage("Key not found");
    }

    @Test
    void switchingAKeyOffAndOn_movesItsTimeButNotItsOrigin() {
        EthKeys keys = unlock().eth();
        EthKey key = keys.create(CHAIN);
        clock.advance(Duration.ofMinutes(5));

        EthKey off = keys.disable(key.address(), CHAIN);
        clock.advance(Duration.ofMinutes(5));
        EthKey on = keys.enable(key.address(), CHAIN);

        assertThat(off.enabled()).isFalse();
        assertThat(off.createdAt()).isEqualTo(key.createdAt());
        assertThat(off.updatedAt()).isEqualTo(key.createdAt().plusSeconds(300));
        assertThat(on.updatedAt()).isEqualTo(key.createdAt().plusSeconds(600));
        assertThat(unlock().eth().list()).containsExactly(on);
    }

    @Test
    void listeners_hearOfEveryChangeThatWasStored() {
        EthKeys keys = unlock().eth();
        List<Integer> sizes = new ArrayList<>();
        keys.onChange(() -> sizes.add(keys.list().size()));

        Address address = keys.create(CHAIN).address();
        keys.enable(address, OTHER_CHAIN);
        keys.delete(address);

        assertThat(sizes).containsExactly(1, 2, 0);
    }

    @Test
    void ringThatSomebodyElseChanged_isNotOverwritten() {
        EthKeys first = unlock().eth();
        EthKeys second = unlock().eth();
        EthKey kept = first.create(CHAIN);

        assertThatThrownBy(() -> second.create(CHAIN))
                .isInstanceOf(KeystoreException.class)
                .hasMessageContaining("restart the node")
                .extracting("reason")
                .isEqualTo(Reason.KEY_RING_CHANGED);

        assertThat(second.list()).isEmpty();
        assertThat(unlock().eth().list()).containsExactly(kept);
    }

    @Test
    void failedWrite_leavesTheKeystoreAsItWas() {
        EthKeys keys = unlock().eth();
        EthKey key = keys.create(CHAIN);
        postgres.execute("ALTER TABLE carabiner.evm_key_states ADD CONSTRAINT no_more CHECK (evm_chain_id <> 4242)");

        assertThatThrownBy(() -> keys.create(OTHER_CHAIN)).isInstanceOf(RuntimeException.class);

        assertThat(keys.list()).containsExactly(key);
        assertThat(unlock().eth().list()).containsExactly(key);
        assertThat(keys.create(CHAIN).chainId()).isEqualTo(CHAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"text\"", "{\"cipher\":\"rot13\"}"})
    void damagedRing_isRefusedWithAReason(String ring) {
        storeRing(ring);

        assertThatThrownBy(this::unlock)
                .isInstanceOf(KeystoreException.class)
                .hasMessageStartingWith("error authenticating keystore: ");
    }

    @Test
    void secrets_neverShowInTextsOrFaults() {
        String canary = "Canary-password-99";
        Keystore keystore = unlock(canary);
        EthKey key = keystore.eth().create(CHAIN);
        String file = keystore.eth().exportV3(key.address(), Password.of(canary));
        byte[] raw = Web3KeyFile.read(file, Password.of(canary)).toArray();
        String secret = java.util.HexFormat.of().formatHex(raw);

        StringWriter texts = new StringWriter();
        PrintWriter writer = new PrintWriter(texts);
        writer.println(keystore + " " + keystore.eth() + " " + key + " " + keystore.state());
        List<Runnable> failures = List.of(
                () -> unlock(canary + "x"),
                () -> keystore.eth().importV3(file, Password.of(canary + "x"), CHAIN),
                () -> keystore.eth().importV3(file, Password.of(canary), CHAIN),
                () -> keystore.eth().importV3(secret, Password.of(canary), CHAIN),
                () -> keystore.eth().sign(Address.ZERO, Hash32.ZERO));
        failures.forEach(failure -> assertThatThrownBy(failure::run).satisfies(fault -> fault.printStackTrace(writer)));

        assertThat(texts.toString()).doesNotContain(canary).doesNotContain(secret);
        assertThat(postgres.query("SELECT encrypted_keys::text FROM carabiner.encrypted_key_rings"))
                .doesNotContain(secret);
    }

    private void storeRing(String json) {
        postgres.execute("INSERT INTO carabiner.encrypted_key_rings VALUES ('" + json + "', now())");
    }

    @Test
    void aRemoteSignersAccount_isAKeyThatCanBeSwitched_butNeverLeavesTheSigner() {
        Address far = Address.fromHex("0x00000000000000000000000000000000000000aa");
        EthKeys keys = unlock().eth();
        keys.useRemote(CHAIN, List.of(far));

        assertThat(keys.enabled(CHAIN)).extracting(EthKey::address).containsExactly(far);
        assertThat(keys.ensure(List.of(CHAIN))).as("the chain has a key").isEmpty();
        keys.disable(far, CHAIN);
        assertThatThrownBy(() -> keys.exportV3(far, Password.of("x"))).hasMessageContaining("remote signer");
        assertThatThrownBy(() -> keys.delete(far)).hasMessageContaining("remote signer");
        assertThatThrownBy(() -> keys.deleteForever(far)).hasMessageContaining("remote signer");
        assertThatThrownBy(() -> keys.sign(far, Hash32.ZERO)).hasMessageContaining("remote signer");

        EthKeys reopened = unlock().eth();
        assertThat(reopened.list())
                .as("nothing signs for it without the configuration")
                .isEmpty();
        reopened.useRemote(CHAIN, List.of(far));
        assertThat(reopened.find(far, CHAIN))
                .hasValueSatisfying(
                        key -> assertThat(key.enabled()).as("as it was left").isFalse());
    }

    @Test
    void aRemoteSignersAccount_standsInPlaceOfTheRingsOwnKeyOnItsChainOnly() {
        EthKeys keys = unlock().eth();
        EthKey own = keys.create(CHAIN);
        keys.enable(own.address(), OTHER_CHAIN);
        keys.useRemote(CHAIN, List.of(own.address()));

        assertThat(keys.list()).hasSize(2).extracting(EthKey::chainId).containsExactly(CHAIN, OTHER_CHAIN);
        keys.disable(own.address(), CHAIN);
        assertThat(keys.enabled(CHAIN)).isEmpty();
        assertThat(keys.enabled(OTHER_CHAIN)).hasSize(1);
    }
}
