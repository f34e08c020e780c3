package io.carabiner.config;

/** Prints configurations in the Go node's form. */
public final class ConfigPrinter {

    private ConfigPrinter() {}

    /** Every key with its value, defaults among them; secrets are not part of it. */
    public static String effectiveToml(NodeConfig config) {
        return TomlPrinter.complete(config.effective());
    }

    /** What the operator set, merged and in canonical form. */
    public static String inputToml(NodeConfig config) {
        return TomlPrinter.set(config.input());
    }
}
