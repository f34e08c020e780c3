package io.carabiner.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;

class TlsIdentityTest {

    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
    private static final TlsIdentity ONE = selfSigned();

    private static TlsIdentity selfSigned() {
        return TlsIdentity.selfSigned(List.of("oracle.example", "127.0.0.1", "::1"), NOW, new SecureRandom());
    }

    @Test
    void selfSigned_holdsItsNamesForAYear() throws GeneralSecurityException {
        var certificate = ONE.certificates().getFirst();

        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(NOW.plus(Duration.ofDays(364))));
        assertThat(certificate.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(365))));
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1))
                        .toList())
                .map(Object::toString)
                .containsExactly("oracle.example", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void whatIsWritten_isReadAgain() {
        TlsIdentity again = TlsIdentity.ofPem(ONE.certificatePem(), ONE.keyPem());

        assertThat(again.certificates()).isEqualTo(ONE.certificates());
        assertThat(again.keyPem()).isEqualTo(ONE.keyPem());
        assertThat(ONE.toString()).isEqualTo("TlsIdentity[CN=oracle.example]");
    }

    @Test
    void aKeyOfAnotherCertificate_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        TlsIdentity.ofPem(ONE.certificatePem(), selfSigned().keyPem()))
                .withMessage("the key does not belong to the (first) certificate");
    }

    @Test
    void halfWrittenFiles_areRefusedWithoutTheKeyInTheMessage() {
        String key = ONE.keyPem();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.ofPem(ONE.certificatePem(), key.substring(0, key.length() / 2)))
                .withMessage("the key file has no PEM private key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.ofPem(ONE.certificatePem().substring(0, 100), key))
                .withMessage("the certificate file has no readable PEM certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.ofPem("", key))
                .withMessage("the certificate file has no PEM certificate");
    }

    /** As openssl writes them: PKCS #8, and the older forms of RSA and of curves, these behind their parameters. */
    @Test
    void keysInTheFormsOfOpenssl_areRead() throws Exception {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        PrivateKeyInfo rsaInfo = PrivateKeyInfo.getInstance(rsa.getPrivate().getEncoded());
        KeyPair curve = KeyPairGenerator.getInstance("EC").generateKeyPair();
        PrivateKeyInfo curveInfo = PrivateKeyInfo.getInstance(curve.getPrivate().getEncoded());
        ASN1Encodable parameters = curveInfo.getPrivateKeyAlgorithm().getParameters();
        int bits = ((ECPrivateKey) curve.getPrivate()).getParams().getOrder().bitLength();
        byte[] sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(
                        bits, ((ECPrivateKey) curve.getPrivate()).getS(), parameters)
                .getEncoded();
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThat(TlsIdentity.key(pem("PRIVATE KEY", rsa.getPrivate().getEncoded())))
                .isEqualTo(rsa.getPrivate());
        assertThat(TlsIdentity.key(pem(
                        "RSA PRIVATE KEY",
                        rsaInfo.parsePrivateKey().toASN1Primitive().getEncoded())))
                .isEqualTo(rsa.getPrivate());
        var read = (ECPrivateKey) TlsIdentity.key(
                pem("EC PARAMETERS", parameters.toASN1Primitive().getEncoded()) + pem("EC PRIVATE KEY", sec1));
        assertThat(read.getS()).isEqualTo(((ECPrivateKey) curve.getPrivate()).getS());
        assertThat(TlsIdentity.key(pem("PRIVATE KEY", edwards.getPrivate().getEncoded())))
                .isEqualTo(edwards.getPrivate());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.key(pem("ENCRYPTED PRIVATE KEY", sec1)))
                .withMessageContaining("is encrypted: decrypt it");
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
