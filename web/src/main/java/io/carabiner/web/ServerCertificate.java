package io.carabiner.web;

import io.carabiner.config.WebServerConfig;
import io.carabiner.crypto.TlsIdentity;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.WebMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What HTTPS shows to who connects. Its files are read at the start only.
 *
 * @param identity certificates and key
 */
public record ServerCertificate(TlsIdentity identity) {

    private static final String ADVICE = ": check WebServer.TLS.CertPath and WebServer.TLS.KeyPath";

    /**
     * From the files of the configuration, or {@code server.crt} and {@code server.key} in a folder (Go node 2.15,
     * core/services/chainlink/config_web_server.go). Where there are none one is made if that is asked for; otherwise
     * the node does without HTTPS, if it speaks HTTP, and says so.
     *
     * @param folder {@code tls} in the root folder of the node
     * @param selfSigned whether to make one
     * @return empty without HTTPS
     * @throws WebException {@code WEB_TLS_FILES} if the files cannot be used
     */
    public static Optional<ServerCertificate> of(
            WebServerConfig config, Path folder, boolean selfSigned, TimeSource time) {
        WebServerConfig.Tls tls = config.tls();
        if (tls.httpsPort() == 0) {
            return Optional.empty();
        }
        Path certificate = tls.certPath().map(Path::of).orElse(folder.resolve("server.crt"));
        Path key = tls.keyPath().map(Path::of).orElse(folder.resolve("server.key"));
        boolean none = !Files.exists(certificate) && !Files.exists(key);
        if (none && selfSigned) {
            make(certificate, key, names(tls), time.now());
        } else if (none
                && config.httpPort() != 0
                && tls.certPath().isEmpty()
                && tls.keyPath().isEmpty()) {
            new WebMessages().noCertificate(certificate.toString());
            return Optional.empty();
        }
        return Optional.of(new ServerCertificate(read(certificate, key)));
    }

    private static TlsIdentity read(Path certificate, Path key) {
        try {
            return TlsIdentity.ofPem(Files.readString(certificate), Files.readString(key));
        } catch (IOException e) {
            throw refused("HTTPS has no certificate: cannot read " + e.getMessage() + ADVICE
                    + ", set WebServer.TLS.HTTPSPort to 0 for HTTP alone, or Carabiner.WebServer.SelfSignedTLS to have"
                    + " one made");
        } catch (IllegalArgumentException e) {
            throw refused("the certificate " + certificate + " with the key " + key + " cannot be used: "
                    + e.getMessage() + ADVICE);
        }
    }

    private static WebException refused(String why) {
        return WebException.start("WEB_TLS_FILES", why);
    }

    private static List<String> names(WebServerConfig.Tls tls) {
        return Stream.of(tls.host(), machine(), Optional.of("localhost"), Optional.of("127.0.0.1"), Optional.of("::1"))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static Optional<String> machine() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (IOException e) {
            // A machine without a name of its own is still reached as localhost.
            return Optional.empty();
        }
    }

    private static void make(Path certificate, Path key, List<String> names, Instant now) {
        TlsIdentity made = TlsIdentity.selfSigned(names, now, new SecureRandom());
        try {
            write(key, made.keyPem());
            write(certificate, made.certificatePem());
        } catch (IOException e) {
            throw refused("the new certificate cannot be written: " + e.getMessage() + ADVICE);
        }
        new WebMessages().certificateMade(certificate.toString(), String.join(", ", names));
    }

    /** Whole or not at all, and for the owner only. */
    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** When the first certificate ends. */
    Instant validUntil() {
        return identity.certificates().getFirst().getNotAfter().toInstant();
    }
}
