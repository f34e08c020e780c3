package io.carabiner.config;

import java.util.Objects;

/**
 * A text that must never be printed: a password, a token, a URL with a password in it.
 *
 * <p>It prints as {@value #MASK}, so that logging a configuration or a fault cannot leak it. Immutable.
 */
public final class Secret {

    /** What is printed instead of the text. */
    public static final String MASK = "xxxxx";

    private final String text;

    private Secret(String text) {
        this.text = Objects.requireNonNull(text);
    }

    /** Hides this text. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The text itself, for the one place that needs it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Always {@value #MASK}. */
    @Override
    public String toString() {
        return MASK;
    }
}
