package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small pure functions. */
class PureTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT1M, 1m0s",
        "PT0.444S, 444ms",
        "PT10S, 10s",
        "PT1H2M3.5S, 1h2m3.5s",
        "PT24H, 24h0m0s",
        "PT0.0000005S, 500ns",
        "PT0.0000015S, 1.5µs",
        "PT-1S, -1s",
    })
    void duration_isWrittenAsGoDoes(Duration duration, String text) {
        assertThat(GoFormats.duration(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T23:29:50.427410Z, 2026-11-20T23:29:50.42741Z",
        "2000-01-01T00:00:00Z, 2000-01-01T00:00:00Z",
        "2026-11-20T23:29:50.500Z, 2026-11-20T23:29:50.5Z",
    })
    void time_hasAsManyDigitsAsNeeded(Instant time, String text) {
        assertThat(GoFormats.time(time)).isEqualTo(text);
    }

    @Test
    void redaction_takesSecretsOutOfQueriesAndBodies() {
        assertThat(Redaction.query("oldpassword=a%26b&x=1&newPassword=c"))
                .isEqualTo("oldpassword=REDACTED&x=1&newPassword=REDACTED");
        assertThat(body("{\"email\":\"a\",\"PassWord\":\"p\",\"apiSecret\":1}"))
                .isEqualTo("{\"email\":\"a\",\"PassWord\":\"*REDACTED*\",\"apiSecret\":\"*REDACTED*\"}");
        assertThat(body("password=in-a-form")).isEmpty();
        assertThat(body("[\"password\"]")).isEmpty();
    }

    private static String body(String text) {
        return Redaction.body(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void html_isEscapedInJson() {
        assertThat(GoJson.write("<a>&\"\u2028")).isEqualTo("\"\\u003ca\\u003e\\u0026\\\"\\u2028\"");
    }
}
