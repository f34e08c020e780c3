package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.config.WebServerConfig;
import io.carabiner.localservers.Ports;
import io.carabiner.primitives.TimeSource;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with certificates from files and with one that is made. */
class TlsTest {

    @TempDir
    Path folder;

    private static WebServerConfig config(int httpPort, int httpsPort, boolean redirect, Optional<String> certificate) {
        return TestNode.config(
                100_000,
                100_000,
                true,
                httpPort,
                new WebServerConfig.Tls(
                        certificate,
                        redirect,
                        Optional.empty(),
                        httpsPort,
                        Optional.empty(),
                        InetAddress.getLoopbackAddress()));
    }

    private Optional<ServerCertificate> certificate(WebServerConfig config, boolean selfSigned) {
        return ServerCertificate.of(config, folder.resolve("tls"), selfSigned, TimeSource.system());
    }

    private static HttpClient trusting(ServerCertificate certificate, HttpClient.Version version) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "node", certificate.identity().certificates().getFirst());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).version(version).build();
    }

    private static HttpResponse<String> login(HttpClient http, URI node) throws Exception {
        String body = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(TestNode.ADMIN, TestNode.ADMIN_PASSWORD);
        return http.send(
                HttpRequest.newBuilder(node.resolve("/sessions"))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void loginOverHttps_withEitherVersionOfHttp_givesASecureCookie() throws Exception {
        WebServerConfig config = config(0, Ports.free(0), false, Optional.empty());
        ServerCertificate certificate = certificate(config, true).orElseThrow();
        URI url = URI.create("https://127.0.0.1:" + config.tls().httpsPort());
        try (TestNode node = TestNode.start(folder);
                HttpClient second = trusting(certificate, HttpClient.Version.HTTP_2);
                HttpClient first = trusting(certificate, HttpClient.Version.HTTP_1_1)) {
            node.restart(config, certificate);

            HttpResponse<String> viaSecond = login(second, url);
            HttpResponse<String> viaFirst = login(first, url);

            assertThat(viaSecond.statusCode()).as(viaSecond.body()).isEqualTo(200);
            assertThat(viaSecond.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(viaFirst.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(viaSecond.headers().firstValue("set-cookie").orElseThrow())
                    .contains("; Secure")
                    .contains("; HttpOnly")
                    .contains("; SameSite=Strict");
            assertThat(node.url()).startsWith("https://");
        }
    }

    @Test
    void plainHttp_isSentToHttps_whereThatIsForced() throws Exception {
        WebServerConfig config = config(Ports.free(0), Ports.free(0), true, Optional.empty());
        ServerCertificate certificate = certificate(config, true).orElseThrow();
        try (TestNode node = TestNode.start(folder);
                HttpClient http = HttpClient.newHttpClient()) {
            node.restart(config, certificate);
            URI plain = URI.create("http://127.0.0.1:" + config.httpPort());

            HttpResponse<String> page = http.send(
                    HttpRequest.newBuilder(plain.resolve("/v2/jobs?size=1")).build(), BodyHandlers.ofString());
            HttpResponse<String> change = login(http, plain);

            assertThat(page.statusCode()).isEqualTo(301);
            assertThat(page.headers().firstValue("location"))
                    .contains("https://127.0.0.1:" + config.tls().httpsPort() + "/v2/jobs?size=1");
            assertThat(change.statusCode()).isEqualTo(307);
            assertThat(change.headers().firstValue("set-cookie")).isEmpty();
        }
    }

    @Test
    void theCertificateThatWasMade_isKeptForTheOwnerOnly() throws Exception {
        WebServerConfig config = config(6688, 6689, false, Optional.empty());

        ServerCertificate made = certificate(config, true).orElseThrow();
        ServerCertificate again = certificate(config, true).orElseThrow();

        assertThat(again.identity().certificatePem()).isEqualTo(made.identity().certificatePem());
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("tls").resolve("server.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutFiles_theNodeSpeaksHttpAlone_unlessNothingElseIsLeft() {
        assertThat(certificate(config(6688, 6689, false, Optional.empty()), false))
                .isEmpty();
        assertThat(certificate(config(6688, 0, false, Optional.empty()), true)).isEmpty();
        assertThatThrownBy(() -> certificate(config(0, 6689, false, Optional.empty()), false))
                .isInstanceOf(WebException.class)
                .hasMessageContaining("HTTPS has no certificate: cannot read")
                .hasMessageContaining("set WebServer.TLS.HTTPSPort to 0 for HTTP alone");
        assertThatThrownBy(() -> certificate(config(6688, 6689, false, Optional.of("/no/such.crt")), false))
                .isInstanceOf(WebException.class)
                .hasMessageContaining("/no/such.crt");
    }

    @Test
    void halfWrittenKey_keepsTheNodeFromStarting() throws Exception {
        WebServerConfig config = config(6688, 6689, false, Optional.empty());
        certificate(config, true);
        Path key = folder.resolve("tls").resolve("server.key");
        Files.writeString(key, Files.readString(key).substring(0, 60));

        assertThatThrownBy(() -> certificate(config, true))
                .isInstanceOf(WebException.class)
                .hasMessageContaining("the key file has no PEM private key")
                .hasMessageContaining("check WebServer.TLS.CertPath and WebServer.TLS.KeyPath");
    }
}
