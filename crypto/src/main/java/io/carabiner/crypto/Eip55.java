package io.carabiner.crypto;

import io.carabiner.primitives.Address;
import java.nio.charset.StandardCharsets;

/** Addresses with a checksum in the case of their letters (EIP-55). Stateless. */
public final class Eip55 {

    private static final int TEXT_LENGTH = 2 + 2 * Address.SIZE;

    private Eip55() {}

    /** {@code 0x} and 40 hex digits whose upper and lower case is the checksum. */
    public static String format(Address address) {
        char[] digits = address.bytes().toBareHex().toCharArray();
        byte[] hash = Keccak256.digest(new String(digits).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < digits.length; i++) {
            int nibble = i % 2 == 0 ? (hash[i / 2] >> 4) & 0xf : hash[i / 2] & 0xf;
            if (nibble >= 8) {
                digits[i] = Character.toUpperCase(digits[i]);
            }
        }
        return "0x" + new String(digits);
    }

    /**
     * Reads an address strictly: {@code 0x}, 40 hex digits, and the checksum must be right; all-lower-case and
     * all-upper-case forms are refused unless they are the checksummed form.
     *
     * @throws IllegalArgumentException with the Go node's words, which a script may match: {@code "0x…" is not a valid
     *     checksummed address}
     */
    public static Address parse(String text) {
        if (isChecksummed(text)) {
            return Address.fromHex(text);
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a valid checksummed address");
    }

    /** Whether a text is exactly the checksummed form of an address. */
    public static boolean isChecksummed(String text) {
        return isHexAddress(text) && format(Address.fromHex(text)).equals(text);
    }

    private static boolean isHexAddress(String text) {
        return text.length() == TEXT_LENGTH
                && text.startsWith("0x")
                && text.chars().skip(2).allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }
}
