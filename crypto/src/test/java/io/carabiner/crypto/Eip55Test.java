package io.carabiner.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.Address;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the examples of EIP-55. */
class Eip55Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0xde709f2102306220921060314715629080e2fb77",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
            })
    void checksummedAddress_survivesARoundTrip(String text) {
        assertThat(Eip55.format(Address.fromHex(text.toLowerCase(Locale.ROOT)))).isEqualTo(text);
        assertThat(Eip55.parse(text)).isEqualTo(Address.fromHex(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED",
                "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg",
                "0x５aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                ""
            })
    void otherForms_areRefusedWithTheTextQuoted(String text) {
        assertThatThrownBy(() -> Eip55.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a valid checksummed address");
    }

    @Test
    void zeroAddress_hasNoLettersToCheck() {
        assertThat(Eip55.parse(Eip55.format(Address.ZERO))).isEqualTo(Address.ZERO);
    }
}
