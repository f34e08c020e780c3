package io.carabiner.txm;

import io.carabiner.config.CarabinerConfig;
import io.carabiner.txm.SignerException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What a connection to a remote signer trusts and shows. */
final class SignerTls {

    private SignerTls() {}

    /**
     * As configured; empty for the machine's own.
     *
     * @throws SignerException {@code SIGNER_TLS} if a file cannot be used
     */
    static Optional<SSLContext> of(CarabinerConfig.RemoteSigner config) {
        if (config.caFile().isEmpty() && config.clientKeyStore().isEmpty()) {
            return Optional.empty();
        }
        try {
            TrustManager @Nullable [] trust =
                    config.caFile().isPresent() ? trust(Path.of(config.caFile().get())) : null;
            KeyManager @Nullable [] keys = config.clientKeyStore().isPresent()
                    ? keys(
                            Path.of(config.clientKeyStore().get()),
                            Path.of(config.clientKeyStorePasswordFile().orElseThrow()))
                    : null;
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new SignerException(
                    Reason.SIGNER_TLS,
                    "The TLS files of a remote signer cannot be used: " + e.getMessage()
                            + ". Check CAFile, ClientKeyStore and ClientKeyStorePasswordFile in"
                            + " [Carabiner.EVM.RemoteSigner].",
                    e);
        }
    }

    private static TrustManager[] trust(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca" + number++, one);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(Path file, Path passwordFile) throws GeneralSecurityException, IOException {
        char[] password =
                Files.readString(passwordFile).lines().findFirst().orElse("").toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream content = Files.newInputStream(file)) {
                store.load(content, password);
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
