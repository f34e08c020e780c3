package io.carabiner.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the examples of the Ethereum wiki, and over items drawn from a seed. */
class RlpTest {

    private static final long SEED = 4711;

    @Test
    void examples_encodeAsPublished() {
        assertThat(Rlp.encode(text("dog"))).hasToString("0x83646f67");
        assertThat(Rlp.encode(RlpItem.list(text("cat"), text("dog")))).hasToString("0xc88363617483646f67");
        assertThat(Rlp.encode(text(""))).hasToString("0x80");
        assertThat(Rlp.encode(RlpItem.list())).hasToString("0xc0");
        assertThat(Rlp.encode(RlpItem.of(0))).hasToString("0x80");
        assertThat(Rlp.encode(RlpItem.of(15))).hasToString("0x0f");
        assertThat(Rlp.encode(RlpItem.of(1024))).hasToString("0x820400");
        assertThat(Rlp.encode(RlpItem.of(255))).hasToString("0x81ff");
        assertThat(Rlp.encode(RlpItem.list(
                        RlpItem.list(),
                        RlpItem.list(RlpItem.list()),
                        RlpItem.list(RlpItem.list(), RlpItem.list(RlpItem.list())))))
                .hasToString("0xc7c0c1c0c3c0c1c0");
        assertThat(Rlp.encode(text("Lorem ipsum dolor sit amet, consectetur adipisicing elit")))
                .hasToString(
                        "0xb8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164"
                                + "69706973696369" + "6e6720656c6974");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 55, 56, 255, 256, 65535, 65536})
    void everyLengthOfPrefix_survivesARoundTrip(int size) {
        byte[] content = new byte[size];
        java.util.Arrays.fill(content, (byte) 0xab);
        RlpItem item = RlpItem.list(RlpItem.of(Bytes.of(content)), RlpItem.of(size));

        assertThat(Rlp.decode(Rlp.encode(item))).isEqualTo(item);
    }

    @Test
    void randomItems_surviveARoundTrip() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            RlpItem item = randomItem(random, 0);
            assertThat(Rlp.decode(Rlp.encode(item)))
                    .as("seed %d round %d", SEED, round)
                    .isEqualTo(item);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8100",
                "817f",
                "83646f",
                "c3",
                "b800",
                "b837",
                "b90038",
                "c0c0",
                "f800",
                "bfffffffffffffffff",
                "c283646f67",
                "b8",
                "f90000",
                "bb7fffffff"
            })
    void otherThanCanonicalBytes_areRefused(String hex) {
        assertThatThrownBy(() -> Rlp.decode(Bytes.fromHex(hex))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endlessNesting_isRefusedBeforeTheStackEnds() {
        RlpItem item = RlpItem.list();
        for (int depth = 0; depth < 100; depth++) {
            item = RlpItem.list(item);
        }
        Bytes encoded = Rlp.encode(item);

        assertThatThrownBy(() -> Rlp.decode(encoded)).hasMessageContaining("nests deeper than 64");
    }

    @Test
    void numbers_readBackAndHaveNoLeadingZero() {
        BigInteger number = BigInteger.ONE.shiftLeft(255);

        assertThat(((RlpItem.Text) RlpItem.of(number)).toNumber()).isEqualTo(number);
        assertThatThrownBy(() -> new RlpItem.Text(Bytes.of((byte) 0, (byte) 1)).toNumber())
                .hasMessageContaining("no leading zero");
        assertThatThrownBy(() -> RlpItem.of(-1)).hasMessageContaining("-1");
    }

    private static RlpItem text(String content) {
        return RlpItem.of(Bytes.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static RlpItem randomItem(Random random, int depth) {
        if (depth > 4 || random.nextInt(3) > 0) {
            byte[] content = new byte[random.nextInt(80)];
            random.nextBytes(content);
            return RlpItem.of(Bytes.of(content));
        }
        List<RlpItem> items = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            items.add(randomItem(random, depth + 1));
        }
        return RlpItem.list(items);
    }
}
