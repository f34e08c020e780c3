package io.carabiner.pipeline;

import io.carabiner.primitives.GoQuote;

/**
 * A word or sign of a graph's text.
 *
 * @param text as written, quotes included
 * @param line from 1
 * @param column from 1, in characters
 */
record DotToken(Kind kind, String text, int line, int column) {

    enum Kind {
        /** A bare word: letters, digits and underscores. */
        WORD,
        /** A number. */
        NUMERAL,
        /** In double quotes. */
        QUOTED,
        /** In angle brackets. */
        ANGLE,
        /** node, edge, graph, digraph, subgraph, strict. */
        KEYWORD,
        /** A sign or an arrow. */
        SIGN,
        /** Characters that begin nothing. */
        INVALID,
        /** Behind the last character. */
        END
    }

    boolean isId() {
        return switch (kind) {
            case WORD, NUMERAL, QUOTED, ANGLE -> true;
            case KEYWORD, SIGN, INVALID, END -> false;
        };
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isKeyword(String word) {
        return kind == Kind.KEYWORD && text.equalsIgnoreCase(word);
    }

    /** How messages name it. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the text";
            case INVALID -> "unknown/invalid token " + GoQuote.quote(text);
            case WORD, NUMERAL, QUOTED, ANGLE, KEYWORD, SIGN -> GoQuote.quote(text);
        };
    }
}
