package io.carabiner.cli;

/**
 * Which build this is.
 *
 * @param version as {@code 0.1.0}
 * @param commit the hash of the source, or {@code unset}
 */
public record BuildInfo(String version, String commit) {

    @Override
    public String toString() {
        return version + "@" + commit;
    }
}
