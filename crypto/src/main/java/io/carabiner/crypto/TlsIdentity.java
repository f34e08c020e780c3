package io.carabiner.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * What a server shows and proves in TLS: its certificates, its own first, and the private key. The key is in no text
 * but {@link #keyPem}. Immutable.
 */
public final class TlsIdentity {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> KEY_TYPES = List.of("EC", "RSA", "Ed25519");
    private static final Duration SELF_SIGNED_VALID = Duration.ofDays(365);
    private static final int SERIAL_BITS = 127;

    private final List<X509Certificate> certificates;
    private final PrivateKey key;

    private TlsIdentity(List<X509Certificate> certificates, PrivateKey key) {
        this.certificates = List.copyOf(certificates);
        this.key = key;
    }

    /**
     * From the content of two PEM files: certificates, the server's own first; and a key as PKCS #8, PKCS #1 (RSA) or
     * SEC 1 (EC), not encrypted.
     *
     * @throws IllegalArgumentException if they cannot be used; the message says which one and why, and shows nothing
     *     of the key
     */
    public static TlsIdentity ofPem(String certificatePem, String keyPem) {
        List<X509Certificate> certificates = certificates(certificatePem);
        PrivateKey key = key(keyPem);
        if (!belongTogether(certificates.getFirst(), key)) {
            throw new IllegalArgumentException("the key does not belong to the (first) certificate");
        }
        return new TlsIdentity(certificates, key);
    }

    private static List<X509Certificate> certificates(String pem) {
        try {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("the certificate file has no PEM certificate");
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate file has no readable PEM certificate", e);
        }
    }

    /** The first private key in a PEM file. */
    static PrivateKey key(String pem) {
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return pkcs8(der);
                }
                case "RSA PRIVATE KEY" -> {
                    return pkcs8(wrapped(der, PKCSObjectIdentifiers.rsaEncryption.getId(), null));
                }
                case "EC PRIVATE KEY" -> {
                    return pkcs8(wrappedCurve(der));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IllegalArgumentException(
                            "the key file is encrypted: decrypt it (openssl pkey -in FILE -out OTHER)");
                default -> {
                    // Parameters of a curve, or certificates in the same file.
                }
            }
        }
        throw new IllegalArgumentException("the key file has no PEM private key");
    }

    private static byte[] wrappedCurve(byte[] sec1) {
        ECPrivateKey key = ECPrivateKey.getInstance(ASN1Sequence.getInstance(sec1));
        return wrapped(sec1, X9ObjectIdentifiers.id_ecPublicKey.getId(), key.getParametersObject());
    }

    private static byte[] wrapped(byte[] der, String algorithm, @Nullable ASN1Encodable curve) {
        try {
            AlgorithmIdentifier identifier = new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm), curve);
            return new PrivateKeyInfo(identifier, ASN1Sequence.getInstance(der)).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalArgumentException("the key file's key is broken", e);
        }
    }

    private static PrivateKey pkcs8(byte[] der) {
        return KEY_TYPES.stream()
                .flatMap(type -> ofType(type, der).stream())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("the key file's key is none of " + String.join(", ", KEY_TYPES)));
    }

    private static Optional<PrivateKey> ofType(String type, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            // Not a key of this type.
            return Optional.empty();
        }
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        try {
            PublicKey other = certificate.getPublicKey();
            String algorithm = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA")
                    .getOrDefault(key.getAlgorithm(), key.getAlgorithm());
            byte[] message = {1};
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(message);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(other);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * A new key (P-256) with a certificate that it signs itself, for a year.
     *
     * @param hosts the names and IP addresses it is for, at least one
     */
    public static TlsIdentity selfSigned(List<String> hosts, Instant from, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] der = SelfSigned.certificate(
                    hosts,
                    pair,
                    new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                    Date.from(from),
                    Date.from(from.plus(SELF_SIGNED_VALID)));
            Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new TlsIdentity(List.of((X509Certificate) certificate), pair.getPrivate());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot make a certificate", e);
        }
    }

    /** The certificates, the server's own first. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** The certificates as a PEM file has them. */
    public String certificatePem() {
        StringBuilder pem = new StringBuilder();
        try {
            for (X509Certificate certificate : certificates) {
                pem.append(block("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
        return pem.toString();
    }

    /** The secret key as a PEM file has it (PKCS #8). */
    public String keyPem() {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /** In memory, as servers want it; the password is empty. */
    public KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], certificates.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot keep a key in memory", e);
        }
    }

    private static String block(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    /** The server's own certificate's subject, and nothing of the key. */
    @Override
    public String toString() {
        return "TlsIdentity[" + certificates.getFirst().getSubjectX500Principal() + "]";
    }
}
