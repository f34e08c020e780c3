package io.carabiner.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against proofs that a Go node made, and over keys and seeds drawn from a seed. */
final class VrfTest {

    private static final long SEED = 20260827;
    private static final int ROUNDS = 40;
    private static final PrivateKey TEN = PrivateKey.of(new byte[] {10});
    private static final String COMPRESSED_TEN = "0xa0434d9e47f3c86235477c7b1ae6ae5d3442d49b1943c2b752a68e2a47e247c701";

    /** One line of the file. */
    record Published(Hash32 preSeed, Hash32 seed, VrfProof proof, VrfWitness witness) {

        static Published of(String line) {
            String[] column = line.split(" ", -1);
            Hash32 preSeed = word(new BigInteger(column[0]));
            Hash32 seed = Vrf.seed(preSeed, Hash32.fromHex(column[1]));
            VrfProof proof = new VrfProof(
                    Secp256k1.publicKey(TEN),
                    point(column[2], column[3]),
                    new BigInteger(column[4]),
                    new BigInteger(column[5]),
                    seed);
            VrfWitness witness = new VrfWitness(
                    Address.fromHex(column[6]),
                    point(column[7], column[8]),
                    point(column[9], column[10]),
                    new BigInteger(column[11]));
            return new Published(preSeed, seed, proof, witness);
        }
    }

    private static Hash32 word(BigInteger number) {
        byte[] word = new byte[Hash32.SIZE];
        Curve.writeWord(number, word, 0);
        return Hash32.of(word);
    }

    private static PublicKey point(String x, String y) {
        return new PublicKey(
                word(new BigInteger(x)).bytes().concat(word(new BigInteger(y)).bytes()));
    }

    static Stream<Published> published() throws IOException {
        try (InputStream in = VrfTest.class.getResourceAsStream("/vrf/published-proofs.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Published::of);
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void publishedProofs_hold_andHaveThePublishedWitnesses(Published published) {
        assertThat(Vrf.verify(published.proof())).isTrue();
        assertThat(VrfWitness.of(published.proof())).isEqualTo(published.witness());
    }

    @ParameterizedTest
    @MethodSource("published")
    void ownProofs_haveThePublishedGamma_withANonceOfTheirOwn(Published published) {
        VrfProof own = Vrf.prove(TEN, published.seed());
        assertThat(own.gamma()).isEqualTo(published.proof().gamma());
        assertThat(own.output()).isEqualTo(published.proof().output());
        assertThat(own.c()).isNotEqualTo(published.proof().c());
        assertThat(Vrf.verify(own)).isTrue();
        assertThat(Vrf.prove(TEN, published.seed())).isEqualTo(own);
    }

    @Test
    void drawnKeysAndSeeds_giveProofsThatHold_andNoneThatIsChangedHolds() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[Hash32.SIZE];
            random.nextBytes(bytes);
            PrivateKey key = PrivateKey.of(bytes);
            random.nextBytes(bytes);
            VrfProof proof = Vrf.prove(key, Hash32.of(bytes));
            assertThat(Vrf.verify(proof)).as("round %d of seed %d", round, SEED).isTrue();
            bytes[random.nextInt(bytes.length)] ^= 1;
            assertThat(Vrf.verify(
                            new VrfProof(proof.publicKey(), proof.gamma(), proof.c(), proof.s(), Hash32.of(bytes))))
                    .as("round %d of seed %d, another seed", round, SEED)
                    .isFalse();
            BigInteger otherS = proof.s().flipBit(random.nextInt(200));
            assertThat(Vrf.verify(new VrfProof(proof.publicKey(), proof.gamma(), proof.c(), otherS, proof.seed())))
                    .as("round %d of seed %d, another response", round, SEED)
                    .isFalse();
            assertThat(Vrf.verify(
                            new VrfProof(proof.publicKey(), proof.publicKey(), proof.c(), proof.s(), proof.seed())))
                    .as("round %d of seed %d, another gamma", round, SEED)
                    .isFalse();
        }
    }

    @Test
    void theStructOfTheContracts_has13Words() {
        VrfProof proof = Vrf.prove(TEN, Hash32.ZERO);
        Bytes encoded = VrfWitness.of(proof).encode(proof, word(BigInteger.TWO));
        assertThat(encoded.size()).isEqualTo(416);
        assertThat(encoded.slice(0, 64)).isEqualTo(proof.publicKey().bytes());
        assertThat(encoded.slice(192, 224)).isEqualTo(word(BigInteger.TWO).bytes());
        assertThat(encoded.slice(224, 236)).isEqualTo(Bytes.of(new byte[12]));
    }

    @Test
    void compressedKeys_areReadAsTheGoNodeWritesThem() {
        assertThat(Vrf.publicKey(Bytes.fromHex(COMPRESSED_TEN))).isEqualTo(Secp256k1.publicKey(TEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x",
                "0xa0434d9e47f3c86235477c7b1ae6ae5d3442d49b1943c2b752a68e2a47e247c7",
                "0xa0434d9e47f3c86235477c7b1ae6ae5d3442d49b1943c2b752a68e2a47e247c702",
                "0x000000000000000000000000000000000000000000000000000000000000000500",
                "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00"
            })
    void whatIsNoCompressedKey_isRefused(String text) {
        assertThatThrownBy(() -> Vrf.publicKey(Bytes.fromHex(text))).isInstanceOf(IllegalArgumentException.class);
    }
}
