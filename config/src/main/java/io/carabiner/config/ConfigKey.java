package io.carabiner.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration: the only place where its name, type, default, documentation and effect are declared.
 *
 * @param path the sections and the name, joined by dots; {@code []} after a section that is a list, {@code *} for a
 *     name that the operator chooses
 * @param type the values it takes
 * @param defaultText the value when nothing is set, as the operator would write it; absent = nothing
 * @param printed whether the effective configuration shows it while it is not set
 * @param use whether this version does anything with it
 * @param doc one sentence for the operator
 */
record ConfigKey(String path, KeyType type, Optional<String> defaultText, boolean printed, Use use, String doc) {

    /** Stands for "no default" in the tables. */
    static final @Nullable String UNSET = null;

    /** Whether a key does anything in this version. */
    enum Use {
        /** It does what its documentation says. */
        LIVE,
        /** It is read and checked, and does nothing. */
        INERT
    }

    static ConfigKey key(String path, KeyType type, @Nullable String defaultText, Use use, String doc) {
        return new ConfigKey(path, type, Optional.ofNullable(defaultText), true, use, doc);
    }

    /**
     * A key that is shown only when it is set: those of a list's entry, as the Go node does, and all keys of our own,
     * so that without them the effective configuration reads as the Go node's.
     */
    static ConfigKey quiet(String path, KeyType type, @Nullable String defaultText, Use use, String doc) {
        return new ConfigKey(path, type, Optional.ofNullable(defaultText), false, use, doc);
    }

    /** The name without its sections. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The path as the documentation and the messages write it. */
    String shownPath() {
        return path.replace("[]", "");
    }

    /** The default as a value; absent = nothing. */
    Optional<Object> defaultValue() {
        return defaultText.map(text -> type.parseDeclared(path, text));
    }
}
