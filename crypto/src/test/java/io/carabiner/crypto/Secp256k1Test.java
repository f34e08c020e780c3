package io.carabiner.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published vectors, and over keys and digests drawn from a seed. */
class Secp256k1Test {

    private static final long SEED = 20260714;
    private static final int ROUNDS = 200;

    /** The RFC 6979 vectors for this curve that Trezor, CoreBitcoin and libsecp256k1 share. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0000000000000000000000000000000000000000000000000000000000000001|Satoshi Nakamoto|934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8|2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5
            0000000000000000000000000000000000000000000000000000000000000001|All those moments will be lost in time, like tears in rain. Time to die...|8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b|547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21
            fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140|Satoshi Nakamoto|fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0|6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5
            f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181|Alan Turing|7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c|58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea
            e91671c46231f833a6406ccbea0e3e392c76c167bac1cb013f6f1013980455c2|There is a computer disease that anybody who works with computers knows about. It's a very serious disease and it interferes completely with the work. The trouble with computers is that you 'play' with them!|b552edd27580141f3b2a5463048cb7cd3e047b97c9f98076c32dbdf85a68718b|279fa72dd19bfae05577e06c7c0c1900c371fcd5893f7e1d56a37d30174671f6
            """)
    void sign_givesThePublishedDeterministicSignature(String key, String message, String r, String s) throws Exception {
        Hash32 digest =
                Hash32.of(MessageDigest.getInstance("SHA-256").digest(message.getBytes(StandardCharsets.UTF_8)));
        PrivateKey privateKey = PrivateKey.fromHex(key);

        Signature signature = Secp256k1.sign(privateKey, digest);

        assertThat(signature.r().toString(16)).isEqualTo(new BigInteger(r, 16).toString(16));
        assertThat(signature.s().toString(16)).isEqualTo(new BigInteger(s, 16).toString(16));
        assertThat(Secp256k1.recover(digest, signature)).contains(Secp256k1.publicKey(privateKey));
    }

    @Test
    void eip155Example_isHashedSignedAndEncodedAsPublished() {
        PrivateKey key = PrivateKey.fromHex("46".repeat(32));
        List<RlpItem> fields = List.of(
                RlpItem.of(9),
                RlpItem.of(20_000_000_000L),
                RlpItem.of(21_000),
                RlpItem.of(Address.fromHex("35".repeat(20))),
                RlpItem.of(BigInteger.TEN.pow(18)),
                RlpItem.of(Bytes.EMPTY));
        Hash32 digest = Keccak256.hash(
                Rlp.encode(RlpItem.list(followedBy(fields, RlpItem.of(1), RlpItem.of(0), RlpItem.of(0)))));
        assertThat(digest).hasToString("0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");

        Signature signature = Secp256k1.sign(key, digest);

        assertThat(Rlp.encode(RlpItem.list(followedBy(
                        fields,
                        RlpItem.of(signature.v(BigInteger.ONE)),
                        RlpItem.of(signature.r()),
                        RlpItem.of(signature.s())))))
                .hasToString("0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a7640000"
                        + "8025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
                        + "a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83");
    }

    private static List<RlpItem> followedBy(List<RlpItem> fields, RlpItem... others) {
        return Stream.concat(fields.stream(), Stream.of(others)).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80,0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d,0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
    })
    void address_isThatOfTheWellKnownDevelopmentKeys(String key, String address) {
        assertThat(Eip55.format(EthereumAddress.of(PrivateKey.fromHex(key)))).isEqualTo(address);
    }

    @Test
    void contractAddress_isThatOfTheFirstDeploymentOfADevelopmentAccount() {
        assertThat(Eip55.format(
                        EthereumAddress.ofContract(Eip55.parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"), 0)))
                .isEqualTo("0x5FbDB2315678afecb367f032d93F642f64180aa3");
    }

    @Test
    void randomSignatures_areLowAndRecoverTheirSigner() throws Exception {
        SecureRandom random = seeded();
        for (int round = 0; round < ROUNDS; round++) {
            PrivateKey key = PrivateKey.generate(random);
            Hash32 digest = randomDigest(random);

            Signature signature = Secp256k1.sign(key, digest);

            assertThat(signature.isLowS()).as("seed %d round %d", SEED, round).isTrue();
            assertThat(Signature.of(signature.toBytes())).isEqualTo(signature);
            assertThat(Secp256k1.verify(Secp256k1.publicKey(key), digest, signature))
                    .as("seed %d round %d", SEED, round)
                    .isTrue();
        }
    }

    @Test
    void manyThreads_getTheSameSignature() throws Exception {
        PrivateKey key = PrivateKey.generate(seeded());
        Hash32 digest = Keccak256.hashText("shared");
        Signature expected = Secp256k1.sign(key, digest);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Signature>> signatures = IntStream.range(0, 64)
                    .mapToObj(i -> threads.submit(() -> Secp256k1.sign(key, digest)))
                    .toList();
            for (Future<Signature> signature : signatures) {
                assertThat(signature.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void anotherDigest_recoversAnotherKey() throws Exception {
        PrivateKey key = PrivateKey.generate(seeded());
        Signature signature = Secp256k1.sign(key, Keccak256.hashText("one"));

        assertThat(Secp256k1.verify(Secp256k1.publicKey(key), Keccak256.hashText("other"), signature))
                .isFalse();
    }

    @Test
    void anXWithoutAPoint_recoversNothing() {
        Signature noPoint = new Signature(0, BigInteger.valueOf(5), BigInteger.ONE);
        Signature beyondField = new Signature(2, Curve.ORDER.subtract(BigInteger.ONE), BigInteger.ONE);

        assertThat(Secp256k1.recover(Hash32.ZERO, noPoint)).isEmpty();
        assertThat(Secp256k1.recover(Hash32.ZERO, beyondField)).isEmpty();
    }

    @Test
    void keysOutOfRange_areRefusedWithoutBeingQuoted() {
        assertThatThrownBy(() -> PrivateKey.of(new byte[32])).hasMessageContaining("between 1 and the order");
        assertThatThrownBy(() -> PrivateKey.fromHex(Curve.ORDER.toString(16)))
                .hasMessageNotContaining(Curve.ORDER.toString(16));
        assertThatThrownBy(() -> PrivateKey.fromHex("c0ffee-is-no-key"))
                .hasNoCause()
                .hasMessageNotContaining("c0ffee");
        assertThatThrownBy(() -> PrivateKey.of(new byte[33])).hasMessageContaining("not 33");
    }

    @Test
    void leadingZeros_mayBeLeftOut() {
        PrivateKey one = PrivateKey.of(new byte[] {1});

        assertThat(Secp256k1.publicKey(one).x().toString(16))
                .isEqualTo("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    }

    @Test
    void wipedKey_refusesToSign_andNeverPrints() {
        PrivateKey key = PrivateKey.fromHex("46".repeat(32));
        assertThat(key).hasToString("PrivateKey[*****]");

        key.destroy();

        assertThat(key.isDestroyed()).isTrue();
        assertThatThrownBy(() -> Secp256k1.sign(key, Hash32.ZERO)).isInstanceOf(IllegalStateException.class);
    }

    private static Hash32 randomDigest(Random random) {
        byte[] content = new byte[Hash32.SIZE];
        random.nextBytes(content);
        return new Hash32(Bytes.of(content));
    }

    private static SecureRandom seeded() throws Exception {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(SEED);
        return random;
    }
}
