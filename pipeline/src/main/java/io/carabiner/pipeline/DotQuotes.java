package io.carabiner.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the quotes off names and values as the Go node does: where Go's own rules fail, the quotes stay. */
final class DotQuotes {

    private static final Pattern ANGLES = Pattern.compile("\\A\\s*<([^<>]+)>\\s*\\z");

    private final String text;
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private int at = 1;

    private DotQuotes(String text) {
        this.text = text;
    }

    /** An attribute's value. */
    static String value(DotToken token) {
        String unquoted = token.kind() == DotToken.Kind.QUOTED ? unquoteUnlessAngled(token.text()) : token.text();
        Matcher angles = ANGLES.matcher(unquoted);
        return angles.matches() ? angles.group(1) : unquoted;
    }

    private static String unquoteUnlessAngled(String quoted) {
        return quoted.startsWith("\"<") && quoted.endsWith(">\"") ? quoted : unquote(quoted);
    }

    /** The text inside double quotes, or the text with its quotes if Go could not read it. */
    static String unquote(String quoted) {
        String plain = new DotQuotes(quoted).read();
        return plain == null ? quoted : plain;
    }

    /** Writes a text so that {@link #value} and {@link #unquote} give it back. */
    static String quote(String plain) {
        // What begins with an angle inside quotes may be left with its quotes.
        boolean angled = plain.startsWith("<");
        StringBuilder quoted = new StringBuilder(angled ? "\"\\x3c" : "\"");
        plain.codePoints().skip(angled ? 1 : 0).forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }

    private @Nullable String read() {
        int end = text.length() - 1;
        while (at < end) {
            int point = text.codePointAt(at);
            if (point == '\n') {
                return null;
            }
            at += Character.charCount(point);
            if (point != '\\') {
                append(point);
            } else if (!escape(end)) {
                return null;
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private boolean escape(int end) {
        if (at >= end) {
            return false;
        }
        char letter = text.charAt(at++);
        int simple = "abfnrtv\\\"".indexOf(letter);
        if (simple >= 0) {
            plain.write("\u0007\b\f\n\r\t\u000b\\\"".charAt(simple));
            return true;
        }
        return switch (letter) {
            case 'x' -> code(2, 16, end, true);
            case 'u' -> code(4, 16, end, false);
            case 'U' -> code(8, 16, end, false);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                yield code(3, 8, end, true);
            }
            default -> false;
        };
    }

    private boolean code(int digits, int radix, int end, boolean single) {
        long value = 0;
        for (int i = 0; i < digits; i++, at++) {
            int digit = at < end ? Character.digit(text.charAt(at), radix) : -1;
            if (digit < 0) {
                return false;
            }
            value = value * radix + digit;
        }
        if (single) {
            plain.write((int) value);
            return value <= 0xff;
        }
        if (value > Character.MAX_CODE_POINT || (value >= 0xd800 && value < 0xe000)) {
            return false;
        }
        append((int) value);
        return true;
    }

    private void append(int point) {
        plain.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }
}
