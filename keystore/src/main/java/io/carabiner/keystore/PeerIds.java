package io.carabiner.keystore;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Peer ids of libp2p: an Ed25519 public key with a fixed front, in base 58. Stateless. */
final class PeerIds {

    /** The length of a peer id before base 58. */
    static final int SIZE = 38;

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    private static final byte[] FRONT = HexFormat.of().parseHex("002408011220");

    private PeerIds() {}

    static String of(byte[] publicKey) {
        byte[] whole = Arrays.copyOf(FRONT, FRONT.length + publicKey.length);
        System.arraycopy(publicKey, 0, whole, FRONT.length, publicKey.length);
        return encode(whole);
    }

    static String encode(byte[] content) {
        StringBuilder digits = new StringBuilder();
        for (BigInteger rest = new BigInteger(1, content); rest.signum() > 0; rest = rest.divide(BASE)) {
            digits.append(ALPHABET.charAt(rest.mod(BASE).intValue()));
        }
        for (int i = 0; i < content.length && content[i] == 0; i++) {
            digits.append(ALPHABET.charAt(0));
        }
        return digits.reverse().toString();
    }

    /** The longest text that is looked at: base 58 takes time with the square of its length. */
    private static final int LENGTH_MAX = 256;

    /** How many bytes a text in base 58 stands for; nothing if it is not base 58, or far too long. */
    static Optional<Integer> length(String text) {
        BigInteger value = BigInteger.ZERO;
        int leading = 0;
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            leading += digit == 0 && value.signum() == 0 ? 1 : 0;
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        return Optional.of(leading + (value.bitLength() + 7) / 8);
    }
}
