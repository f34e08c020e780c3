package io.carabiner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlMaskTest {

    @ParameterizedTest
    @CsvSource({
        "no url here: user:password@host, no url here: user:password@host",
        "postgresql://node:s3cret@db:5432/chainlink?sslmode=disable, postgresql://xxxxx@db:5432/chainlink?sslmode=disable",
        "at https://token@host/a failed, at https://xxxxx@host/a failed",
        "jdbc:postgresql://db/x?user=a&password=b&ssl=1, jdbc:postgresql://db/x?user=a&password=xxxxx&ssl=1",
        "https://x.test/rpc?apiKey=abc#f, https://x.test/rpc?apiKey=xxxxx#f",
        "wss://mainnet.test/ws/v3/0123456789abcdef0123456789abcdef, wss://mainnet.test/ws/v3/xxxxx",
        "dial wss://a.test/v2/Abc-DEF_ghi0123456789jkl/: refused, dial wss://a.test/v2/xxxxx/: refused",
        "http://127.0.0.1:8545/a/path/that-is-quite-long-enough, http://127.0.0.1:8545/a/path/that-is-quite-long-enough",
        "http://host/tx/0x0123456789abcdef0123456789abcdef01234567, http://host/tx/0x0123456789abcdef0123456789abcdef01234567",
    })
    void mask_takesCredentialsOutAndLeavesTheRest(String text, String masked) {
        assertThat(UrlMask.mask(text)).isEqualTo(masked);
    }
}
