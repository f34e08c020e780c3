package io.carabiner.keystore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How good a new password must be: the one of a new key ring, and those of API users. A pure function.
 *
 * <p>Counterpart in the Go node: core/utils/password.go.
 */
public final class PasswordRules {

    /** A password is at least this long, counted in bytes of UTF-8 as the Go node does. */
    public static final int LENGTH_MIN_BYTES = 16;

    private PasswordRules() {}

    /**
     * What is wrong with a password, in the Go node's words; empty if nothing is.
     *
     * @param forbidden what it may not contain in any case of letters: an API user's mail address
     */
    public static List<String> faults(String password, String... forbidden) {
        List<String> faults = new ArrayList<>();
        if (password.getBytes(StandardCharsets.UTF_8).length < LENGTH_MIN_BYTES) {
            faults.add("password is less than " + LENGTH_MIN_BYTES + " characters long");
        }
        if (hasOuterWhitespace(password)) {
            faults.add("password contains a leading or trailing whitespace");
        }
        for (String text : forbidden) {
            if (password.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))) {
                faults.add("password may not contain: \"" + text + "\"");
            }
        }
        return List.copyOf(faults);
    }

    /**
     * The rules and the faults as one text of several lines, as the Go node shows them; nothing if the password is
     * good.
     */
    public static Optional<String> complaint(String password, String... forbidden) {
        List<String> faults = faults(password, forbidden);
        return faults.isEmpty() ? Optional.empty() : Optional.of(complaint(faults));
    }

    private static String complaint(List<String> faults) {
        return "\nExpected password complexity:"
                + "\nMust be at least " + LENGTH_MIN_BYTES + " characters long"
                + "\nMust not comprise:"
                + "\n\tLeading or trailing whitespace"
                + "\n\tA user's API email"
                + "\n\nFaults:\n\t" + String.join("\n\t", faults) + "\n";
    }

    static boolean hasOuterWhitespace(String text) {
        return !text.isEmpty()
                && (isWhitespace(text.codePointAt(0)) || isWhitespace(text.codePointBefore(text.length())));
    }

    /** As Go's unicode.IsSpace: also the no-break spaces and the next-line character. */
    private static boolean isWhitespace(int codePoint) {
        return Character.isSpaceChar(codePoint) || (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85;
    }
}
