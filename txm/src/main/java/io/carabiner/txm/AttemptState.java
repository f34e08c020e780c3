package io.carabiner.txm;

import java.util.Arrays;

/** Where one attempt stands. The words are the Go node's ({@code eth_tx_attempts_state}), but for the last. */
enum AttemptState {
    /** Stored; whether an endpoint has it is not known. */
    IN_PROGRESS("in_progress"),
    /** Endpoints refused it because the key cannot pay. */
    INSUFFICIENT_FUNDS("insufficient_eth"),
    /** An endpoint took it. */
    BROADCAST("broadcast"),
    /** Not sent any more, because another attempt is used in its place; it may still be mined. */
    SUPERSEDED("superseded");

    private final String word;

    AttemptState(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static AttemptState ofWord(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no attempt state is called \"" + word + "\""));
    }
}
