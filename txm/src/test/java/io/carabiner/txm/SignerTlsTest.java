package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.carabiner.config.CarabinerConfig;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signer that shows a certificate of its own authority and wants one of the node. */
final class SignerTlsTest {

    private static final Address KEY = Address.fromHex("0x00000000000000000000000000000000000000aa");
    private static final String PASSWORD = "for-this-test";

    @TempDir
    Path folder;

    private HttpsServer server;

    @BeforeEach
    void open() throws Exception {
        pair("signer");
        pair("node");
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext tls = serverSide();
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[\"%s\"]}"
                    .formatted(KEY)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void pair(String name) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve(name + ".p12").toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-keystore",
                folder.resolve(name + ".p12").toString(),
                "-file",
                folder.resolve(name + ".pem").toString());
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private SSLContext serverSide() throws Exception {
        KeyStore own = store("signer.p12");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        known.setCertificateEntry("node", store("node.p12").getCertificate("node"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore store(String file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(folder.resolve(file))) {
            store.load(content, PASSWORD.toCharArray());
        }
        return store;
    }

    private RemoteSigner signer(Optional<String> authority, Optional<String> own) {
        return RemoteSigner.of(
                ChainId.of(1),
                new CarabinerConfig.RemoteSigner(
                        Optional.of(URI.create(
                                "https://127.0.0.1:" + server.getAddress().getPort())),
                        List.of(KEY),
                        Duration.ofSeconds(5),
                        authority.map(this::file),
                        own.map(this::file),
                        own.map(ignored -> file("password"))));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void bothSidesKnowEachOther_orThereIsNoAnswer() {
        try (RemoteSigner both = signer(Optional.of("signer.pem"), Optional.of("node.p12"))) {
            assertThat(both.missingKeys()).isEmpty();
        }
        try (RemoteSigner stranger = signer(Optional.of("signer.pem"), Optional.empty())) {
            assertThatThrownBy(stranger::missingKeys).hasMessageContaining("gives no usable answer");
        }
        try (RemoteSigner distrusted = signer(Optional.empty(), Optional.empty())) {
            assertThatThrownBy(distrusted::missingKeys).hasMessageContaining("gives no usable answer");
        }
    }

    @Test
    void filesThatCannotBeUsed_areToldBeforeAnythingStarts() throws IOException {
        assertThatThrownBy(() -> signer(Optional.of("missing.pem"), Optional.empty()))
                .isInstanceOfSatisfying(
                        SignerException.class, fault -> assertThat(fault.code()).isEqualTo("SIGNER_TLS"))
                .hasMessageContaining("missing.pem");
        Files.writeString(folder.resolve("password"), "another one\n");
        assertThatThrownBy(() -> signer(Optional.empty(), Optional.of("node.p12")))
                .hasMessageContaining("Check CAFile, ClientKeyStore and ClientKeyStorePasswordFile")
                .hasMessageNotContaining("another one");
    }
}
