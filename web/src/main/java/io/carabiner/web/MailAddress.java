package io.carabiner.web;

import java.util.Optional;
import java.util.regex.Pattern;

/** What counts as a mail address, with the words of Go's {@code net/mail} for what does not. Pure. */
final class MailAddress {

    private static final int LENGTH_MAX = 254;
    private static final Pattern SHAPE = Pattern.compile("[^\\s@<>,;:()\\[\\]\"]+@[^\\s@<>,;:()\"]+");

    private MailAddress() {}

    static Optional<String> complaint(String text) {
        if (text.isEmpty()) {
            return Optional.of("Must enter an email");
        }
        if (SHAPE.matcher(text).matches() && text.length() <= LENGTH_MAX) {
            return Optional.empty();
        }
        if (text.contains("@")) {
            return Optional.of("mail: invalid address: " + (text.length() > LENGTH_MAX ? "too long" : text));
        }
        return Optional.of(text.strip().contains(" ") ? "mail: no angle-addr" : "mail: missing '@' or angle-addr");
    }
}
