package io.carabiner.primitives;

/** Text in messages as Go quotes it ({@code strconv.Quote}). Pure. */
public final class GoQuote {

    private GoQuote() {}

    /** The verb {@code %q}: in double quotes, with Go's escapes. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> appendQuoted(quoted, point, '"'));
        return quoted.append('"').toString();
    }

    /** One byte of a text as Go's JSON decoder names it: in single quotes. */
    public static String quoteByte(int value) {
        StringBuilder quoted = new StringBuilder("'");
        if (value == '"') {
            quoted.append('"');
        } else {
            appendQuoted(quoted, value, '\'');
        }
        return quoted.append('\'').toString();
    }

    private static void appendQuoted(StringBuilder quoted, int point, char quote) {
        switch (point) {
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case '\b' -> quoted.append("\\b");
            case '\f' -> quoted.append("\\f");
            case 0x07 -> quoted.append("\\a");
            case 0x0b -> quoted.append("\\v");
            case '\\' -> quoted.append("\\\\");
            default -> {
                if (point == quote) {
                    quoted.append('\\').appendCodePoint(point);
                } else if (point < 0x20 || point == 0x7f) {
                    quoted.append(String.format("\\x%02x", point));
                } else if (point >= 0x80 && point < 0xa0) {
                    quoted.append(String.format("\\u%04x", point));
                } else {
                    quoted.appendCodePoint(point);
                }
            }
        }
    }
}
