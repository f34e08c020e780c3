package io.carabiner.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Both engines give the same bytes. The number of random inputs is {@code -Dcarabiner.curve.rounds} (100000 takes about
 * three minutes, see docs/reliability.md). The library is that of the machine, or else the one inside a test jar.
 */
class NativeEngineTest {

    private static final long SEED = Long.getLong("carabiner.curve.seed", 20_261_127L);
    private static final int ROUNDS = Integer.getInteger("carabiner.curve.rounds", 500);

    private static final BouncyCastleEngine BUILT_IN = new BouncyCastleEngine();
    private static NativeEngine library;

    @BeforeAll
    static void find() {
        library = NativeEngine.find(TestLibrary.names(), BUILT_IN).orElseThrow();
    }

    @Test
    void randomKeysAndDigests_giveTheSameSignatureAndTheSameSigner() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String where = "seed " + SEED + ", round " + round;
            PrivateKey key = key(random);
            Hash32 digest = Hash32.of(bytes(random));

            Signature signature = BUILT_IN.sign(key, digest);

            assertThat(library.sign(key, digest)).as(where).isEqualTo(signature);
            assertThat(library.recover(digest, signature))
                    .as(where)
                    .isEqualTo(BUILT_IN.recover(digest, signature))
                    .contains(BUILT_IN.publicKey(key));
        }
    }

    @Test
    void signaturesOfNobody_recoverTheSameOrNothingInBoth() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + 1);
        int nothing = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Hash32 digest = Hash32.of(bytes(random));
            Signature signature = new Signature(random.nextInt(4), scalar(random), scalar(random));
            Optional<PublicKey> expected = BUILT_IN.recover(digest, signature);

            assertThat(library.recover(digest, signature))
                    .as("seed " + (SEED + 1) + ", round " + round)
                    .isEqualTo(expected);
            nothing += expected.isEmpty() ? 1 : 0;
        }
        assertThat(nothing).as("some fit no point").isBetween(1, ROUNDS - 1);
    }

    @Test
    void smallestAndLargestKeys_andDigestsBeyondTheOrder_areTheSame() {
        List<PrivateKey> keys = List.of(
                PrivateKey.of(new byte[] {1}),
                PrivateKey.fromHex(Curve.ORDER.subtract(BigInteger.ONE).toString(16)));
        List<Hash32> digests =
                List.of(Hash32.ZERO, Hash32.fromHex("0x" + "ff".repeat(32)), Hash32.fromHex("0x" + order()));
        for (PrivateKey key : keys) {
            for (Hash32 digest : digests) {
                assertThat(library.sign(key, digest)).isEqualTo(BUILT_IN.sign(key, digest));
            }
        }
    }

    @Test
    void anotherBuildOfTheLibrary_isFoundByItsFile() {
        NativeEngine other = NativeEngine.find(List.of(TestLibrary.unpacked().toString()), BUILT_IN)
                .orElseThrow();

        assertThat(other.sign(PrivateKey.of(new byte[] {1}), Hash32.ZERO))
                .isEqualTo(BUILT_IN.sign(PrivateKey.of(new byte[] {1}), Hash32.ZERO));
    }

    @Test
    void machineWithoutTheLibrary_hasNoNativeEngine() {
        assertThat(NativeEngine.find(List.of("libnot-there-at-all.so.7"), BUILT_IN))
                .isEmpty();
    }

    /** Such a library must not sign: what it signs may not be what the others would. */
    @Test
    void libraryThatDisagreesWithTheBuiltInCode_isNotUsed() {
        Secp256k1Engine other = new Secp256k1Engine() {
            @Override
            public Signature sign(PrivateKey key, Hash32 digest) {
                return BUILT_IN.sign(key, Keccak256.hashText("another"));
            }

            @Override
            public Optional<PublicKey> recover(Hash32 digest, Signature signature) {
                return BUILT_IN.recover(digest, signature);
            }
        };

        assertThat(NativeEngine.find(TestLibrary.names(), other)).isEmpty();
    }

    private static String order() {
        return Curve.ORDER.toString(16);
    }

    private static PrivateKey key(RandomGenerator random) {
        byte[] word = new byte[PrivateKey.SIZE];
        Curve.writeWord(scalar(random), word, 0);
        return PrivateKey.of(word);
    }

    private static BigInteger scalar(RandomGenerator random) {
        return new BigInteger(1, bytes(random))
                .mod(Curve.ORDER.subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
    }

    private static byte[] bytes(RandomGenerator random) {
        byte[] bytes = new byte[Hash32.SIZE];
        random.nextBytes(bytes);
        return bytes;
    }
}
