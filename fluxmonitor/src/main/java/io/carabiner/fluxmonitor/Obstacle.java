package io.carabiner.fluxmonitor;

/** Why the contract's state forbids a submission, in the Go node's words. */
enum Obstacle {
    NOT_ELIGIBLE("not eligible to submit"),
    UNDERFUNDED("aggregator is underfunded"),
    PAYMENT_TOO_LOW("round payment amount < minimum contract payment");

    private final String reason;

    Obstacle(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
