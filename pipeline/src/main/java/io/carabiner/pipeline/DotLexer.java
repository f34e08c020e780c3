package io.carabiner.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts a graph's text into words and signs, each with its place. */
final class DotLexer {

    private static final Set<String> KEYWORDS = Set.of("node", "edge", "graph", "digraph", "subgraph", "strict");
    private static final String SIGNS = "{}[]=;,:";

    private final String text;
    private final List<DotToken> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private DotLexer(String text) {
        this.text = text;
    }

    /** All tokens, ended by one of kind END. */
    static List<DotToken> tokens(String text) {
        DotLexer lexer = new DotLexer(text);
        while (lexer.skipSpaceAndComments()) {
            lexer.next();
        }
        lexer.add(DotToken.Kind.END, lexer.at);
        return lexer.tokens;
    }

    private void next() {
        char first = text.charAt(at);
        if (isLetter(first)) {
            word();
        } else if (isNumeral()) {
            numeral();
        } else if (first == '"') {
            quoted();
        } else if (first == '<') {
            angle();
        } else if (text.startsWith("->", at) || text.startsWith("--", at)) {
            add(DotToken.Kind.SIGN, at + 2);
        } else if (SIGNS.indexOf(first) >= 0) {
            add(DotToken.Kind.SIGN, at + 1);
        } else {
            invalid();
        }
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '_'
                || character >= 0x80;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private boolean isNumeral() {
        int digit = text.charAt(at) == '-' ? at + 1 : at;
        digit = digit < text.length() && text.charAt(digit) == '.' ? digit + 1 : digit;
        return digit < text.length() && isDigit(text.charAt(digit));
    }

    private void word() {
        int end = at;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        boolean keyword = isKeyword(text.substring(at, end));
        add(keyword ? DotToken.Kind.KEYWORD : DotToken.Kind.WORD, end);
    }

    private static boolean isKeyword(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean usualCase = word.equals(lower)
                || word.equals(lower.toUpperCase(Locale.ROOT))
                || word.substring(1).equals(lower.substring(1));
        return usualCase && KEYWORDS.contains(lower);
    }

    private void numeral() {
        int end = text.charAt(at) == '-' ? at + 1 : at;
        boolean point = false;
        while (end < text.length() && (isDigit(text.charAt(end)) || (!point && text.charAt(end) == '.'))) {
            point |= text.charAt(end) == '.';
            end++;
        }
        add(DotToken.Kind.NUMERAL, end);
    }

    private void quoted() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        add(end < text.length() ? DotToken.Kind.QUOTED : DotToken.Kind.INVALID, Math.min(end + 1, text.length()));
    }

    private void angle() {
        int depth = 0;
        int end = at;
        do {
            char character = text.charAt(end++);
            depth += character == '<' ? 1 : character == '>' ? -1 : 0;
        } while (depth > 0 && end < text.length());
        add(depth == 0 ? DotToken.Kind.ANGLE : DotToken.Kind.INVALID, end);
    }

    private void invalid() {
        int end = at + 1;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        add(DotToken.Kind.INVALID, end);
    }

    private void add(DotToken.Kind kind, int end) {
        tokens.add(new DotToken(kind, text.substring(at, end), line, at - lineStart + 1));
        advance(end);
    }

    private void advance(int end) {
        for (; at < end; at++) {
            if (text.charAt(at) == '\n') {
                line++;
                lineStart = at + 1;
            }
        }
    }

    private boolean skipSpaceAndComments() {
        while (at < text.length()) {
            if (text.startsWith("//", at) || text.charAt(at) == '#') {
                advance(endOf("\n"));
            } else if (text.startsWith("/*", at)) {
                advance(endOf("*/"));
            } else if (Character.isWhitespace(text.charAt(at))) {
                advance(at + 1);
            } else {
                return true;
            }
        }
        return false;
    }

    private int endOf(String end) {
        int found = text.indexOf(end, at + 1);
        return found < 0 ? text.length() : found + end.length();
    }
}
