package io.carabiner.config;

/** Prints configurations in the Go node's form. */
@SuppressWarnings("DoNotCallSuggester")
public final class ConfigPrinter {

    private ConfigPrinter() {}

    /** Every key with its value, defaults among them; secrets are not part of it. */
    public static String effectiveToml(NodeConfig config) {
        throw new UnsupportedOperationException(config.evm().toString());
    }

    /** What the operator set, merged and in canonical form. */
    public static String inputToml(NodeConfig config) {
        throw new UnsupportedOperationException(config.evm().toString());
    }
}
