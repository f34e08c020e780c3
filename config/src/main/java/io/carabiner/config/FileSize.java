package io.carabiner.config;

/**
 * A number of bytes, as the configuration writes sizes.
 *
 * @param bytes 0 or more
 */
public record FileSize(long bytes) {

    /** Checks that the size is not negative. */
    public FileSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is 0 bytes or more, not " + bytes);
        }
    }
}
