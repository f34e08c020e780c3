package io.carabiner.config;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Addresses, hashes and peer ids. */
final class Identifiers {

    private static final Pattern HOST_NAME = Pattern.compile("(?=.*[a-zA-Z_-])[a-zA-Z0-9_]([a-zA-Z0-9_.-]{0,252})");
    private static final Pattern HEX_ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String PEER_PREFIX = "p2p_";
    /** An Ed25519 public key with libp2p's prefix. */
    private static final int PEER_ID_BYTES = 38;

    private static final int SHA256_HEX_DIGITS = 64;

    private Identifiers() {}

    static Object parseAddress(String text) throws BadValueException {
        if (HEX_ADDRESS.matcher(text).matches()) {
            Address address = Address.fromHex(text);
            if (print(address).equals(text)) {
                return address;
            }
        }
        throw new BadValueException("\"" + text + "\" is not a valid EIP55 formatted address");
    }

    /** With the checksum of EIP-55. */
    static String print(Address address) {
        String hex = address.toString().substring(2);
        var keccak = new KeccakDigest(256);
        byte[] digest = new byte[keccak.getDigestSize()];
        keccak.update(hex.getBytes(StandardCharsets.US_ASCII), 0, hex.length());
        keccak.doFinal(digest, 0);
        var text = new StringBuilder("0x");
        for (int i = 0; i < hex.length(); i++) {
            int nibble = (i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2]) & 0xF;
            text.append(nibble >= 8 ? Character.toUpperCase(hex.charAt(i)) : hex.charAt(i));
        }
        return text.toString();
    }

    static Object parseSha256(String text) throws BadValueException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) < 0) {
                throw new BadValueException(
                        String.format(Locale.ROOT, "encoding/hex: invalid byte: U+%04X '%c'", (int) c, c));
            }
        }
        if (text.length() != SHA256_HEX_DIGITS) {
            throw new BadValueException("expected " + SHA256_HEX_DIGITS + " hex digits, got " + text.length());
        }
        return Hash32.fromHex(text);
    }

    static Object parsePeerId(String text) throws BadValueException {
        String id = text.startsWith(PEER_PREFIX) ? text.substring(PEER_PREFIX.length()) : text;
        int bytes = base58Bytes(id);
        if (bytes != PEER_ID_BYTES) {
            throw new BadValueException("PeerID#UnmarshalText(\"" + text + "\"): unexpected peerid length (was " + bytes
                    + ", expected " + PEER_ID_BYTES + ")");
        }
        return id;
    }

    /** The length of what this base58 text stands for; 0 if it is none. */
    private static int base58Bytes(String text) {
        BigInteger number = BigInteger.ZERO;
        int leadingZeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = BASE58.indexOf(text.charAt(i));
            if (digit < 0) {
                return 0;
            }
            leadingZeros += digit == 0 && number.signum() == 0 ? 1 : 0;
            number = number.multiply(BigInteger.valueOf(BASE58.length())).add(BigInteger.valueOf(digit));
        }
        return leadingZeros + (number.bitLength() + 7) / 8;
    }

    /** {@code PeerID@host:port/host:port}. */
    static String checkLocator(String text) throws BadValueException {
        int at = text.indexOf('@');
        if (at < 0 || at == text.length() - 1) {
            throw new BadValueException(
                    "invalid BootstrapperLocator, expected format is PeerID@Host1:Port1/Host2:Port2");
        }
        parsePeerId(text.substring(0, at));
        return text;
    }

    /** An address, a range of addresses ({@code 10.1.0.0/16}) or the name of a host. */
    static String checkDestination(String text) throws BadValueException {
        if (HOST_NAME.matcher(text).matches()) {
            return text;
        }
        int slash = text.indexOf('/');
        try {
            int bits = Byte.SIZE
                    * InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                            .getAddress()
                            .length;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (prefix >= 0 && prefix <= bits) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw notADestination(text);
        }
        throw notADestination(text);
    }

    private static BadValueException notADestination(String text) {
        return new BadValueException("\"" + text + "\" is no address, range of addresses (10.1.0.0/16) or host name");
    }
}
