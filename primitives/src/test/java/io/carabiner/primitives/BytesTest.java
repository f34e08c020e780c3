package io.carabiner.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void hexInEitherCase_readsTheSameBytes_andPrintsLowerCase() {
        assertThat(Bytes.fromHex("0xDEADbeef"))
                .isEqualTo(Bytes.fromHex("deadBEEF"))
                .hasToString("0xdeadbeef");
    }

    @Test
    void textThatIsNotHex_isRefusedWithTheText() {
        assertThatThrownBy(() -> Bytes.fromHex("0xabc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not hex: \"0xabc\"");
        assertThatThrownBy(() -> Bytes.fromHex("0xzz")).hasMessage("not hex: \"0xzz\"");
    }

    @Test
    void theGivenArray_isCopied_inAndOut() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes).hasToString("0x010203");
    }

    @Test
    void slice_beyondTheEnd_isRefused() {
        Bytes bytes = Bytes.of(new byte[] {1, 2, 3});
        assertThat(bytes.slice(1, 3)).isEqualTo(Bytes.fromHex("0203"));
        assertThatThrownBy(() -> bytes.slice(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anAddress_hasTwentyBytes() {
        assertThatThrownBy(() -> Address.fromHex("0x00")).hasMessage("an address has 20 bytes, not 1");
        assertThat(Address.ZERO).hasToString("0x" + "00".repeat(20));
    }

    @Test
    void anAmount_isNeverNegative() {
        assertThatThrownBy(() -> Wei.of(-1)).hasMessage("an amount of wei is 0 or more, not -1");
        assertThat(Wei.ofGwei(2).plus(Wei.of(1))).hasToString("2000000001");
    }
}
