package io.carabiner.txm;

import java.util.List;

/**
 * One reason why a transaction or a key waits, and what can be done.
 *
 * @param code a stable name for scripts, such as {@code UNDERPRICED}
 * @param text one or two sentences for the operator
 * @param remedies what can be done here and now, the best first; empty if waiting is right
 */
public record Finding(String code, String text, List<Remedy> remedies) {

    /** Copies the list. */
    public Finding {
        remedies = List.copyOf(remedies);
    }

    static Finding of(String code, String text, Remedy... remedies) {
        return new Finding(code, text, List.of(remedies));
    }

    /** Something that the node can do about it; the word is that of the API and the command line. */
    public enum Remedy {
        /** Offer more for the transaction. */
        BUMP("bump"),
        /** Let an empty transaction take its place. */
        CANCEL("cancel"),
        /** Give it to the endpoints again. */
        REBROADCAST("rebroadcast"),
        /** Take the empty nonces of the key. */
        FILL("fill");

        private final String word;

        Remedy(String word) {
            this.word = word;
        }

        /** The word of the API and the command line. */
        public String word() {
            return word;
        }
    }
}
