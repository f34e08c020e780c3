package io.carabiner.keystore;

/** How much work it takes to try a password on an encrypted key. The block size (r) is 8 and the length 32 bytes. */
public enum ScryptCost {

    /** n = 262144, p = 1: about a second and 256 MiB a try. */
    STANDARD(262_144),

    /** n = 2, p = 1: no protection; for tests and development (TOML key {@code InsecureFastScrypt}). */
    FAST(2);

    private final int n;

    ScryptCost(int n) {
        this.n = n;
    }

    int n() {
        return n;
    }

    int p() {
        return 1;
    }

    int r() {
        return 8;
    }
}
