package io.carabiner.jobs;

/** Text as PostgreSQL can keep it. */
final class StorableText {

    private StorableText() {}

    /** The text with what cannot be kept made visible: NUL characters. */
    static String of(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace("\0", "\\u0000");
    }
}
