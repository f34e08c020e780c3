package io.carabiner.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class ProxiesTest {

    private static final int NOBODY_LISTENS_PORT = 1;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|http://a.test/|proxy",
                "*|http://a.test/|direct",
                "a.test|http://a.test/|direct",
                "a.test|http://b.a.test/|direct",
                "a.test|http://ba.test/|proxy",
                ".a.test|http://a.test/|proxy",
                ".a.test|http://b.a.test/|direct",
                "*.a.test|http://b.a.test/|direct",
                "*.a.test|http://a.test/|proxy",
                "A.Test , b.test|http://a.TEST/|direct",
                "a.test:8080|http://a.test/|proxy",
                "a.test:8080|http://a.test:8080/|direct",
                "a.test:80|http://a.test/|direct",
                "10.0.0.0/8|http://10.1.2.3/|direct",
                "10.0.0.0/8|http://11.1.2.3/|proxy",
                "10.1.2.3|http://10.1.2.3/|direct",
                "10.1.2.3:81|http://10.1.2.3/|proxy",
                "[fd00::1]:80|http://[fd00::1]/|direct",
                "fd00::/8|http://[fd00::1]/|direct",
                "''|http://localhost/|direct",
                "''|http://127.0.0.9/|direct",
                "''|http://[::1]/|direct",
            })
    void noProxy_isReadAsGoReadsIt(String noProxy, String url, String wanted) {
        Proxies proxies = Proxies.fromEnvironment(Map.of("HTTP_PROXY", "proxy.test:3128", "NO_PROXY", noProxy));
        assertThat(proxies.of(HttpUrl.parse(url)).isPresent() ? "proxy" : "direct")
                .isEqualTo(wanted);
    }

    @Test
    void eachScheme_hasItsVariable_inEitherCase() {
        Proxies proxies = Proxies.fromEnvironment(Map.of("http_proxy", "http://one.test:1", "HTTPS_PROXY", "two.test"));
        assertThat(proxies.of(HttpUrl.parse("http://a.test/")).orElseThrow().hostAndPort())
                .isEqualTo("one.test:1");
        assertThat(proxies.of(HttpUrl.parse("https://a.test/")).orElseThrow().hostAndPort())
                .isEqualTo("two.test:80");
        assertThat(Proxies.fromEnvironment(Map.of()).of(HttpUrl.parse("http://a.test/")))
                .isEmpty();
    }

    @Test
    void httpProxy_isNotTakenFromARequestOfCgi() {
        Map<String, String> cgi = Map.of("HTTP_PROXY", "evil.test:1", "REQUEST_METHOD", "GET");
        assertThat(Proxies.fromEnvironment(cgi).http()).isEmpty();
    }

    @Test
    void aProxyOfAnotherKind_isRefused_withTheVariable() {
        assertThatThrownBy(() -> Proxies.fromEnvironment(Map.of("HTTPS_PROXY", "socks5://a.test:1")))
                .hasMessageContaining("HTTPS_PROXY must be http://host:port");
        assertThatThrownBy(() -> Proxies.fromEnvironment(Map.of("HTTP_PROXY", "http://a.test:nn")))
                .hasMessageContaining("HTTP_PROXY");
    }

    private static String fetch(ScriptedServer proxy, String url, boolean restricted) {
        return fetch(proxy.port(), url, restricted);
    }

    private static String fetch(int proxyPort, String url, boolean restricted) {
        Proxies proxies = Proxies.fromEnvironment(Map.of(
                "HTTP_PROXY", "http://me:p%40ss@127.0.0.1:" + proxyPort,
                "HTTPS_PROXY", "http://127.0.0.1:" + proxyPort));
        HttpFetcher.Names names = host ->
                new InetAddress[] {InetAddress.ofLiteral(host.equals("inside.test") ? "10.0.0.1" : "203.0.113.7")};
        OutboundSettings settings = new OutboundSettings(false, List.of(), 10, proxies);
        try (HttpFetcher fetcher = new HttpFetcher(TimeSource.system(), names, settings)) {
            HttpRequestData request =
                    HttpRequestData.of("GET", HttpUrl.parse(url), List.of(), Optional.empty(), restricted);
            Deadline deadline = Deadline.none(TimeSource.system()).within(Duration.ofSeconds(10));
            return fetcher.fetch(request, 32_768, deadline).text();
        } catch (OutboundFailure e) {
            return e.text();
        }
    }

    @Test
    void plainRequests_areForwarded_withTheWholeUrlAndTheProxysUser() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        try (ScriptedServer proxy = new ScriptedServer(ScriptedServer.Script.of(answer))) {
            assertThat(fetch(proxy, "http://outside.test:81/a?b", true)).isEqualTo("ok");
            assertThat(proxy.requests().getFirst())
                    .startsWith("GET http://outside.test:81/a?b HTTP/1.1\r\nHost: outside.test:81\r\n")
                    .contains("Proxy-Authorization: Basic bWU6cEBzcw==\r\n");
        }
    }

    @Test
    void restrictedTunnels_goToTheCheckedAddress_othersToTheName() throws IOException {
        String refusal = "HTTP/1.1 403 Not for you\r\nContent-Length: 0\r\n\r\n";
        try (ScriptedServer proxy = new ScriptedServer(ScriptedServer.Script.of(refusal))) {
            assertThat(fetch(proxy, "https://outside.test/", true))
                    .isEqualTo("error making http request: Get \"https://outside.test/\": Not for you");
            assertThat(fetch(proxy, "https://outside.test/", false)).endsWith("Not for you");
            assertThat(proxy.requests().get(0)).startsWith("CONNECT 203.0.113.7:443 HTTP/1.1\r\n");
            assertThat(proxy.requests().get(1)).startsWith("CONNECT outside.test:443 HTTP/1.1\r\n");
        }
    }

    @Test
    void privateAddresses_areRefusedBeforeTheProxyIsAsked() throws IOException {
        try (ScriptedServer proxy = new ScriptedServer(ScriptedServer.Script.of("HTTP/1.1 200 OK\r\n\r\n"))) {
            assertThat(fetch(proxy, "http://inside.test/", true)).contains("disallowed IP 10.0.0.1");
            assertThat(fetch(proxy, "https://inside.test/", true)).contains("disallowed IP 10.0.0.1");
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void aProxyThatIsNotThere_isNamed() {
        assertThat(fetch(NOBODY_LISTENS_PORT, "http://outside.test/", false))
                .contains("proxyconnect tcp: dial tcp 127.0.0.1:1: ");
    }
}
