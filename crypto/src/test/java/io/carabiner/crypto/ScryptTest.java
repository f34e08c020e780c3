package io.carabiner.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the vectors of RFC 7914, and against BouncyCastle where it takes the parameters. */
class ScryptTest {

    private static final long SEED = 7914;

    @ParameterizedTest
    @CsvSource({
        "'','',16,1,1,77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
        "password,NaCl,1024,8,16,fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "pleaseletmein,SodiumChloride,16384,8,1,7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    })
    void rfcVectors_areMet(String password, String salt, int n, int r, int p, String expected) {
        assertThat(Bytes.of(Scrypt.derive(bytes(password), bytes(salt), n, r, p, 64))
                        .toBareHex())
                .isEqualTo(expected);
    }

    @Test
    void randomParameters_giveWhatBouncyCastleGives() {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            byte[] password = new byte[random.nextInt(40)];
            byte[] salt = new byte[random.nextInt(40)];
            random.nextBytes(password);
            random.nextBytes(salt);
            int n = 2 << random.nextInt(8);
            int r = 1 + random.nextInt(9);
            int p = 1 + random.nextInt(4);
            int length = 1 + random.nextInt(100);

            assertThat(Scrypt.derive(password, salt, n, r, p, length))
                    .as("seed %d round %d: n=%d r=%d p=%d length=%d", SEED, round, n, r, p, length)
                    .isEqualTo(SCrypt.generate(password, salt, n, r, p, length));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,8,1", "1,8,1", "3,8,1", "-2,8,1", "2,0,1", "2,8,0", "1073741824,8,1", "2,16777216,2"})
    void parametersOutOfRange_areRefused(int n, int r, int p) {
        assertThatThrownBy(() -> Scrypt.derive(new byte[0], new byte[0], n, r, p, 32))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
