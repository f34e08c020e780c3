package io.carabiner.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Bytes;
import org.junit.jupiter.api.Test;

/** Against published hashes. */
class Keccak256Test {

    @Test
    void nothing_hasEthereumsEmptyHash() {
        assertThat(Keccak256.hash(Bytes.EMPTY))
                .hasToString("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    }

    @Test
    void eventSignature_hashesToItsTopic() {
        assertThat(Keccak256.hashText("Transfer(address,address,uint256)"))
                .hasToString("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
    }

    @Test
    void parts_hashLikeTheWhole() {
        byte[] whole = "a text in two parts".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Bytes bytes = Bytes.of(whole);

        assertThat(Keccak256.hash(
                        bytes.slice(0, 7).toArray(),
                        bytes.slice(7, whole.length).toArray()))
                .isEqualTo(Keccak256.hash(whole));
    }
}
