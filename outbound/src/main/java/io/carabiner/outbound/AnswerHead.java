package io.carabiner.outbound;

import io.carabiner.primitives.GoQuote;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Status line and headers of an answer, read with the rules and messages of Go's client.
 *
 * @param minor 1 for HTTP/1.1, 0 for HTTP/1.0
 * @param reason what follows the status in the first line
 * @param headers by lower-case name, the first value of each
 */
record AnswerHead(int minor, int status, String reason, Map<String, String> headers) {

    /** How long a head may be. */
    static final int LIMIT_BYTES = 64 * 1024;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [0-9]{3}( .*)?");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-zA-Z-]+");

    private static final Pattern SPACE_AROUND = Pattern.compile("\\A[ \\t]+|[ \\t]+\\z");

    /** Gives the next line, without its end. */
    interface Lines {
        String next() throws IOException;
    }

    static AnswerHead read(Lines lines) throws IOException {
        String first = lines.next();
        if (!STATUS_LINE.matcher(first).matches()) {
            throw new IOException("malformed HTTP response " + GoQuote.quote(shown(first)));
        }
        return new AnswerHead(
                first.charAt(7) - '0',
                Integer.parseInt(first.substring(9, 12)),
                first.length() > 13 ? first.substring(13) : "",
                fields(lines));
    }

    /** Reads fields up to an empty line. A line that begins with a space continues the one before. */
    static Map<String, String> fields(Lines lines) throws IOException {
        Map<String, String> fields = new HashMap<>();
        String field = "";
        int size = 0;
        for (String line = lines.next(); ; line = lines.next()) {
            size += line.length() + 2;
            if (size > LIMIT_BYTES) {
                throw tooLong();
            }
            boolean continues = line.startsWith(" ") || line.startsWith("\t");
            if (continues && field.isEmpty()) {
                throw new IOException("malformed MIME header initial line: " + shown(line));
            }
            if (continues) {
                field = field + " " + trimmed(line);
                continue;
            }
            if (!field.isEmpty()) {
                put(fields, field);
            }
            if (line.isEmpty()) {
                return fields;
            }
            field = line;
        }
    }

    private static void put(Map<String, String> fields, String field) throws IOException {
        int colon = field.indexOf(':');
        if (colon <= 0 || !NAME.matcher(field.substring(0, colon)).matches()) {
            throw new IOException("malformed MIME header line: " + shown(field));
        }
        String name = field.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = trimmed(field.substring(colon + 1));
        String before = fields.putIfAbsent(name, value);
        if (before == null) {
            return;
        }
        if (name.equals("content-length") && !before.equals(value)) {
            throw new IOException("http: message cannot contain multiple Content-Length headers; got ["
                    + GoQuote.quote(before) + " " + GoQuote.quote(shown(value)) + "]");
        }
        if (name.equals("transfer-encoding")) {
            throw new IOException(
                    "too many transfer encodings: [" + GoQuote.quote(before) + " " + GoQuote.quote(shown(value)) + "]");
        }
    }

    /** Without spaces and tabs around it; other white space is part of a value, so that no two readers differ. */
    private static String trimmed(String text) {
        return SPACE_AROUND.matcher(text).replaceAll("");
    }

    /** Text of a stranger in a message: not all of a giant line. */
    private static String shown(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    static IOException tooLong() {
        return new IOException("server response headers exceeded " + LIMIT_BYTES + " bytes");
    }

    /** Whether all of these fields are there. */
    boolean has(String... names) {
        for (String name : names) {
            if (!headers.containsKey(name)) {
                return false;
            }
        }
        return true;
    }
}
