package io.carabiner.fluxmonitor;

/** How this oracle's own submission to a round stands in the database. */
enum Standing {
    /** None was stored. */
    NONE,
    /** One is on its way to the chain. */
    UNDER_WAY,
    /** One was mined and did not revert. */
    ANSWERED,
    /** One failed for good: it reverted, or will never be mined. Another may be stored. */
    FAILED,
    /** As many failed as are tried. */
    GIVEN_UP;

    /** Whether a submission may be stored. */
    boolean isOpen() {
        return this == NONE || this == FAILED;
    }
}
