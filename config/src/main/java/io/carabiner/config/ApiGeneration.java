package io.carabiner.config;

/** The version of the Go node whose names the API uses where a client can know only one of them. */
public enum ApiGeneration {
    /** Types {@code chain} and {@code node}, the member {@code network}. */
    V2_31("2.31"),
    /** Types {@code evm_chain} and {@code evm_node}. */
    V2_15("2.15");

    private final String text;

    ApiGeneration(String text) {
        this.text = text;
    }

    /** The name in the configuration. */
    @Override
    public String toString() {
        return text;
    }
}
