package io.carabiner.values;

import io.carabiner.primitives.GoQuote;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the first JSON value of some bytes with the Go decoder's rules and messages; what stands behind it is ignored.
 * Numbers become int64, uint64, big integers or floats; bytes that are not UTF-8 become U+FFFD.
 */
public final class JsonReader {

    /** How deep lists and maps may be nested; the Go node reads 10,000, but deeper ones cannot be stored and shown. */
    static final int DEPTH_LIMIT = 400;

    /** How many digits a number may have. */
    static final int NUMBER_DIGITS_LIMIT = Decimals.DIGITS_LIMIT;

    private final byte[] text;
    private int at;
    private int depth;

    private JsonReader(byte[] text) {
        this.text = text;
    }

    /**
     * The first value.
     *
     * @throws TaskFailure with the Go decoder's message
     */
    public static PipelineValue readFirst(byte[] text) {
        JsonReader reader = new JsonReader(text);
        reader.skipSpace();
        if (reader.at == text.length) {
            throw new TaskFailure("EOF");
        }
        return reader.value();
    }

    /** The only value of a text. */
    public static PipelineValue readOnly(String text) {
        JsonReader reader = new JsonReader(text.getBytes(StandardCharsets.UTF_8));
        reader.skipSpace();
        PipelineValue value = reader.value();
        reader.skipSpace();
        if (reader.at < reader.text.length) {
            throw reader.unexpected("after top-level value");
        }
        return value;
    }

    /** The first value of a text. */
    public static PipelineValue readFirst(String text) {
        return readFirst(text.getBytes(StandardCharsets.UTF_8));
    }

    private PipelineValue value() {
        return switch (peek()) {
            case '{' -> nested(this::map);
            case '[' -> nested(this::list);
            case '"' -> PipelineValue.text(string());
            case 't' -> word("true", PipelineValue.bool(true));
            case 'f' -> word("false", PipelineValue.bool(false));
            case 'n' -> word("null", PipelineValue.none());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected("looking for beginning of value");
        };
    }

    private interface Container {
        PipelineValue read();
    }

    private PipelineValue nested(Container container) {
        if (++depth > DEPTH_LIMIT) {
            throw new TaskFailure("exceeded max depth");
        }
        at++;
        PipelineValue value = container.read();
        depth--;
        return value;
    }

    private PipelineValue map() {
        Map<String, PipelineValue> fields = new LinkedHashMap<>();
        skipSpace();
        if (peek() == '}') {
            at++;
            return PipelineValue.map(fields);
        }
        while (true) {
            skipSpace();
            expect('"', "looking for beginning of object key string");
            String key = string();
            skipSpace();
            expect(':', "after object key");
            at++;
            skipSpace();
            fields.put(key, value());
            skipSpace();
            if (ends('}', "after object key:value pair")) {
                return PipelineValue.map(fields);
            }
        }
    }

    private PipelineValue list() {
        List<PipelineValue> items = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            at++;
            return PipelineValue.list(items);
        }
        while (true) {
            skipSpace();
            items.add(value());
            skipSpace();
            if (ends(']', "after array element")) {
                return PipelineValue.list(items);
            }
        }
    }

    private boolean ends(char end, String where) {
        int next = peek();
        if (next != end && next != ',') {
            throw unexpected(where);
        }
        at++;
        return next == end;
    }

    private PipelineValue word(String word, PipelineValue value) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (peek() != word.charAt(i)) {
                throw unexpected("in literal " + word + " (expecting " + GoQuote.quoteByte(word.charAt(i)) + ")");
            }
        }
        return value;
    }

    private PipelineValue number() {
        int start = at;
        if (peek() == '-') {
            at++;
            if (!isDigit(peek())) {
                throw unexpected("in numeric literal");
            }
        }
        boolean zero = peek() == '0';
        at++;
        if (!zero) {
            skipDigits();
        }
        boolean whole = true;
        if (at < text.length && text[at] == '.') {
            at++;
            digits("after decimal point in numeric literal");
            whole = false;
        }
        if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < text.length && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            digits("in exponent of numeric literal");
            whole = false;
        }
        return toNumber(new String(text, start, at - start, StandardCharsets.US_ASCII), whole);
    }

    private static PipelineValue toNumber(String digits, boolean whole) {
        if (digits.length() > NUMBER_DIGITS_LIMIT) {
            throw new TaskFailure("number has more than " + NUMBER_DIGITS_LIMIT + " digits");
        }
        if (whole) {
            return GoText.whole(new BigInteger(digits));
        }
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw new TaskFailure("bad input for task; failed to parse json.Value: strconv.ParseFloat: parsing "
                    + GoQuote.quote(digits) + ": value out of range");
        }
        return new PipelineValue.Floating(value);
    }

    private void digits(String where) {
        if (!isDigit(peek())) {
            throw unexpected(where);
        }
        skipDigits();
    }

    private void skipDigits() {
        while (at < text.length && isDigit(text[at])) {
            at++;
        }
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private String string() {
        at++;
        int start = at;
        while (peek() != '"' && text[at] != '\\' && (text[at] & 0xff) >= 0x20) {
            at++;
        }
        StringBuilder plain = new StringBuilder(new String(text, start, at - start, StandardCharsets.UTF_8));
        while (peek() != '"') {
            if (text[at] == '\\') {
                escape(plain);
            } else if ((text[at] & 0xff) < 0x20) {
                throw unexpected("in string literal");
            } else {
                start = at;
                while (peek() != '"' && text[at] != '\\' && (text[at] & 0xff) >= 0x20) {
                    at++;
                }
                plain.append(new String(text, start, at - start, StandardCharsets.UTF_8));
            }
        }
        at++;
        return plain.toString();
    }

    private void escape(StringBuilder plain) {
        at++;
        int letter = peek();
        switch (letter) {
            case '"', '\\', '/' -> plain.append((char) letter);
            case 'b' -> plain.append('\b');
            case 'f' -> plain.append('\f');
            case 'n' -> plain.append('\n');
            case 'r' -> plain.append('\r');
            case 't' -> plain.append('\t');
            case 'u' -> {
                at++;
                unicode(plain);
                return;
            }
            default -> throw unexpected("in string escape code");
        }
        at++;
    }

    private void unicode(StringBuilder plain) {
        char first = hex4();
        if (!Character.isSurrogate(first)) {
            plain.append(first);
            return;
        }
        if (Character.isHighSurrogate(first) && at + 5 < text.length && text[at] == '\\' && text[at + 1] == 'u') {
            int before = at;
            at += 2;
            char second = hex4();
            if (Character.isLowSurrogate(second)) {
                plain.append(first).append(second);
                return;
            }
            at = before;
        }
        plain.append('\ufffd');
    }

    private char hex4() {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected("in \\u hexadecimal character escape");
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private void expect(char wanted, String where) {
        if (peek() != wanted) {
            throw unexpected(where);
        }
    }

    private int peek() {
        if (at >= text.length) {
            throw new TaskFailure("unexpected EOF");
        }
        return text[at];
    }

    private TaskFailure unexpected(String where) {
        return new TaskFailure("invalid character " + GoQuote.quoteByte(text[at] & 0xff) + " " + where);
    }

    private void skipSpace() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
            at++;
        }
    }
}
