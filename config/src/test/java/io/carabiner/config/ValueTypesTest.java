package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are read and printed as the Go node does. */
class ValueTypesTest {

    @ParameterizedTest
    @CsvSource({
        "1h2m3.5s, 1h2m3.5s", "90m, 1h30m0s", "0, 0s", "0s, 0s", "500ms, 500ms", "1.5s, 1.5s", "1500us, 1.5ms",
        "1µs, 1µs", "3ns, 3ns", ".5h, 30m0s", "168h, 168h0m0s", "60s, 1m0s", "-0s, 0s", "+5s, 5s"
    })
    void duration(String text, String printed) throws BadValueException {
        assertThat(KeyTypes.DURATION.printer().apply(KeyTypes.DURATION.parser().parse(text)))
                .isEqualTo("'" + printed + "'");
    }

    @ParameterizedTest
    @CsvSource({"5", "5x", "''", "abc", "-5s", "1h 2m", "s", "9999999999h"})
    void badDuration(String text) {
        assertThatThrownBy(() -> KeyTypes.DURATION.parser().parse(text)).isInstanceOf(BadValueException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "20 gwei, 20 gwei",
        "5000000000, 5 gwei",
        "1.5gwei, 1.5 gwei",
        "100 micro, 100 micro",
        "1000 gwei, 1 micro",
        "0, 0",
        "13 wei, 13 wei",
        "1000, 1 kwei",
        "1 ether, 1 ether",
        "79 gwei, 79 gwei",
        "0.001 kwei, 1 wei",
        "10 ether, 10 ether",
        "1e18, 1 ether"
    })
    void price(String text, String printed) throws BadValueException {
        assertThat(KeyTypes.WEI.printer().apply(KeyTypes.WEI.parser().parse(text)))
                .isEqualTo("'" + printed + "'");
    }

    @ParameterizedTest
    @CsvSource({"cheap", "1.5 wei", "-1 gwei", "''", "gwei", "0.0000000001 gwei"})
    void badPrice(String text) {
        assertThatThrownBy(() -> KeyTypes.WEI.parser().parse(text)).isInstanceOf(BadValueException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1.5 link, 1.5 link",
        "100 juels, 100",
        "100, 100",
        "10000000000000 juels, 0.00001 link",
        "1000000000000, 0.000001 link",
        "999999999999, 999999999999",
        "0, 0"
    })
    void link(String text, String printed) throws BadValueException {
        assertThat(KeyTypes.LINK.printer().apply(KeyTypes.LINK.parser().parse(text)))
                .isEqualTo("'" + printed + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "5120mb, 5.12gb",
        "32768, 32.77kb",
        "32768b, 32.77kb",
        "1.5GB, 1.50gb",
        "0, 0b",
        "999b, 999b",
        "1tb, 1.00tb",
        "64KB, 64.00kb"
    })
    void size(String text, String printed) throws BadValueException {
        assertThat(KeyTypes.FILE_SIZE
                        .printer()
                        .apply(KeyTypes.FILE_SIZE.parser().parse(text)))
                .isEqualTo("'" + printed + "'");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "127.0.0.1", "::1", "fe80::1"})
    void ip(String text) throws BadValueException {
        assertThat(KeyTypes.IP.parser().parse(text)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"1.2.3", "256.1.1.1", "localhost", "''", "1.2.3.4.5", ":::"})
    void badIp(String text) {
        assertThatThrownBy(() -> KeyTypes.IP.parser().parse(text)).isInstanceOf(BadValueException.class);
    }

    @Test
    void decimal_floatAndIntegerAreTakenToo() throws BadValueException {
        assertThat(KeyTypes.DECIMAL.printer().apply(KeyTypes.DECIMAL.parser().parse(1.234)))
                .isEqualTo("'1.234'");
        assertThat(KeyTypes.DECIMAL.printer().apply(KeyTypes.DECIMAL.parser().parse(2L)))
                .isEqualTo("'2'");
    }

    @Test
    void textsThatAreNoLiteral_areEscaped() {
        assertThat(TomlPrinter.quote("it's")).isEqualTo("\"it's\"");
        assertThat(TomlPrinter.quote("a\nb\"\\'")).isEqualTo("\"a\\nb\\\"\\\\'\"");
    }

    @Test
    void nearestName_forgivesSwapsAndCase() {
        assertThat(Spelling.nearest("levle", java.util.List.of("Level", "UnixTS")))
                .contains("Level");
        assertThat(Spelling.nearest("Colour", java.util.List.of("Level", "UnixTS")))
                .isEmpty();
    }
}
