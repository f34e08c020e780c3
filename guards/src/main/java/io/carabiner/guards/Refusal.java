package io.carabiner.guards;

/**
 * Why a transaction is not sent.
 *
 * @param guard which guard says so
 * @param reason one sentence for the operator
 */
record Refusal(Guard guard, String reason) {

    /** The guards, under the names that logs and metrics show. */
    enum Guard {
        REQUESTER,
        PROFIT,
        SIMULATION,
        GAS_CEILING,
        SPEND_LIMIT
    }
}
