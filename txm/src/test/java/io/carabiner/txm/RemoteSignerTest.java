package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.PrivateKey;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.testkit.FakeRpc;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A remote signer over real HTTP that signs with real keys, and lies. */
final class RemoteSignerTest {

    private static final ChainId CHAIN = ChainId.of(1337);
    private static final Address TARGET = Address.fromHex("0x00000000000000000000000000000000000000ee");
    private static final FeeQuote DYNAMIC = new FeeQuote.Dynamic(Wei.ofGwei(30), Wei.ofGwei(2));
    private static final FeeQuote LEGACY = new FeeQuote.Legacy(Wei.ofGwei(20));

    private final PrivateKey secret = PrivateKey.generate(new SecureRandom());
    private final Address key = EthereumAddress.of(secret);
    private FakeSigner fake;
    private RemoteSigner signer;

    @BeforeEach
    void open() throws IOException {
        fake = new FakeSigner(CHAIN, key, secret);
        signer = fake.client(CHAIN);
    }

    @AfterEach
    void close() throws IOException {
        signer.close();
        fake.close();
    }

    private static UnsignedTransaction asked(FeeQuote fee) {
        return new UnsignedTransaction(
                7,
                new Payload(TARGET, Bytes.of((byte) 1, (byte) 2), new Wei(java.math.BigInteger.valueOf(5)), 60_000),
                fee);
    }

    @Test
    void signsBothKindsOfTransactions_asThisNodeWould() {
        AttemptSigner here =
                new AttemptSigner(CHAIN, (address, digest) -> io.carabiner.crypto.Secp256k1.sign(secret, digest));
        for (FeeQuote fee : List.of(DYNAMIC, LEGACY)) {
            assertThat(signer.sign(key, asked(fee)))
                    .isEqualTo(here.sign(key, asked(fee), false).raw());
        }
        assertThat(signer.missingKeys()).isEmpty();
    }

    private void refused(FeeQuote fee, String code, String words) {
        assertThatThrownBy(() -> signer.sign(key, asked(fee)))
                .isInstanceOfSatisfying(
                        SignerException.class, fault -> assertThat(fault.code()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    private void lies(UnaryOperator<UnsignedTransaction> twist, String words) {
        fake.twist = twist;
        refused(DYNAMIC, "SIGNER_WRONG", words);
        fake.twist = UnaryOperator.identity();
    }

    private static UnaryOperator<UnsignedTransaction> payload(UnaryOperator<Payload> change) {
        return asked -> new UnsignedTransaction(asked.nonce(), change.apply(asked.payload()), asked.fee());
    }

    @Test
    void whatItSignedInPlaceOfWhatWasAsked_isNamed() {
        lies(asked -> new UnsignedTransaction(8, asked.payload(), asked.fee()), "nonce 0x08 in place of 0x07");
        lies(payload(old -> new Payload(key, old.data(), old.value(), old.gasLimit())), "to " + key);
        lies(payload(old -> new Payload(old.to(), Bytes.EMPTY, old.value(), old.gasLimit())), "data 0x in place of");
        lies(
                payload(old ->
                        new Payload(old.to(), old.data(), new Wei(java.math.BigInteger.valueOf(6)), old.gasLimit())),
                "value 0x06");
        lies(payload(old -> old.withGasLimit(21_000)), "gas limit");
        lies(
                payload(old -> new Payload(
                        old.to(),
                        old.data(),
                        old.value(),
                        old.gasLimit(),
                        List.of(new AccessListEntry(TARGET, List.of(Hash32.ZERO))))),
                "access list a list of 1");
        lies(
                asked -> new UnsignedTransaction(
                        7, asked.payload(), new FeeQuote.Dynamic(Wei.ofGwei(31), Wei.ofGwei(2))),
                "fee cap");
        lies(
                asked -> new UnsignedTransaction(
                        7, asked.payload(), new FeeQuote.Dynamic(Wei.ofGwei(30), Wei.ofGwei(3))),
                "tip cap");
        lies(asked -> new UnsignedTransaction(7, asked.payload(), LEGACY), "type 0 in place of type 2");
    }

    @Test
    void anotherChain_orAnotherKey_isNamed() {
        fake.chain = ChainId.of(1);
        refused(DYNAMIC, "SIGNER_WRONG", "chain id 0x01");
        refused(LEGACY, "SIGNER_WRONG", "chain 1 in place of chain 1337");
        fake.chain = CHAIN;
        fake.secret = PrivateKey.generate(new SecureRandom());
        refused(DYNAMIC, "SIGNER_WRONG", "the key of " + EthereumAddress.of(fake.secret) + " in place of " + key);
    }

    @Test
    void garbage_isGarbage() {
        fake.garble = raw -> "0x";
        refused(DYNAMIC, "SIGNER_GARBAGE", "empty");
        fake.garble = raw -> "nonsense";
        refused(DYNAMIC, "SIGNER_GARBAGE", "not hex");
        fake.garble = raw -> raw.substring(0, raw.length() - 2);
        refused(DYNAMIC, "SIGNER_GARBAGE", "cannot be decoded");
        fake.garble = raw -> raw + "00";
        refused(DYNAMIC, "SIGNER_GARBAGE", "cannot be decoded");
        fake.garble = raw -> "0x02c0";
        refused(DYNAMIC, "SIGNER_GARBAGE", "12 fields, not 0");
        fake.garble = raw -> "0x0280";
        refused(DYNAMIC, "SIGNER_GARBAGE", "no list of fields");
    }

    @Test
    void silence_aWebPage_andARefusal_haveTheirCodes() {
        fake.instead = "error:{\"code\":-32000,\"message\":\"No key found for address\"}";
        refused(DYNAMIC, "SIGNER_REFUSED", "No key found for address");
        fake.instead = null;
        fake.raw(FakeRpc.ok("<html>login</html>"));
        refused(DYNAMIC, "SIGNER_SILENT", "web page");
        fake.raw(null);
        refused(DYNAMIC, "SIGNER_SILENT", "no answer within 500 ms");
        fake.healthy();
        assertThat(signer.sign(key, asked(DYNAMIC)).size()).isPositive();
    }
}
