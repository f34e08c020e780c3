package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node behind a certificate that nobody signed, made out to another host. */
class TlsTest {

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(selfSigned(), STORE_PASSWORD);
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = "ok everything\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private KeyStore selfSigned() throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=other.example",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD);
        }
        return store;
    }

    private Run health(String... flags) {
        String url = "https://127.0.0.1:" + server.getAddress().getPort();
        String[] words = new String[flags.length + 3];
        System.arraycopy(flags, 0, words, 0, flags.length);
        words[flags.length] = "--remote-node-url";
        words[flags.length + 1] = url;
        words[flags.length + 2] = "health";
        return new Run(folder).call(words);
    }

    @Test
    void unsignedCertificate_isRefused_withTheWayOut() {
        Run run = health();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("tls: ").contains("--insecure-skip-verify");
    }

    @Test
    void unsignedCertificate_isAcceptedWhenAskedFor() {
        assertThat(health("--insecure-skip-verify").out()).isEqualTo("ok everything\n\n");
        String url = "https://127.0.0.1:" + server.getAddress().getPort();
        assertThat(new Run(folder)
                        .with("INSECURE_SKIP_VERIFY", "true")
                        .with("CLIENT_NODE_URL", url)
                        .call("health")
                        .exit())
                .isZero();
    }
}
