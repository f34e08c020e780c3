package io.carabiner.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts as operators write them. */
class UrlAuthorityTest {

    private static Optional<UrlAuthority> of(String url) {
        return UrlAuthority.of(URI.create(url));
    }

    @Test
    void hostsWithUnderscore_areHosts() {
        assertThat(of("http://geth_node:8545/x"))
                .contains(new UrlAuthority(Optional.empty(), "geth_node", OptionalInt.of(8545)));
        assertThat(of("postgresql://user:p%40ss@my_db/chainlink"))
                .contains(new UrlAuthority(Optional.of("user:p%40ss"), "my_db", OptionalInt.empty()));
        assertThat(of("ws://my_node").orElseThrow().isPlainHostName()).isFalse();
    }

    @Test
    void ordinaryHosts_areReadAsJavaReadsThem() {
        for (String url : new String[] {
            "http://127.0.0.1:8545", "https://rpc.example/v3/key", "http://[::1]:80/", "https://u:p@h-1.example:1/?q"
        }) {
            URI uri = URI.create(url);
            UrlAuthority authority = UrlAuthority.of(uri).orElseThrow();
            assertThat(authority.host()).isEqualTo(uri.getHost());
            assertThat(authority.port().orElse(-1)).isEqualTo(uri.getPort());
            assertThat(authority.rawUserInfo()).isEqualTo(Optional.ofNullable(uri.getRawUserInfo()));
            assertThat(authority.isPlainHostName()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:///path", "mailto:a@b", "http://host:99999", "http://ho%20st/", "/relative"})
    void whatNamesNoHost_isEmpty(String url) {
        assertThat(of(url)).isEmpty();
    }
}
