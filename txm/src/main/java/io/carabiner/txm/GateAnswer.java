package io.carabiner.txm;

/** What a {@link SendGate} says of one queued transaction. */
public sealed interface GateAnswer {

    /** It may be sent now. */
    record Allow() implements GateAnswer {}

    /**
     * It must never be sent: it ends as {@code fatal_error}, and who waits for it is told.
     *
     * @param reason becomes its error; one sentence for the operator, never blank
     */
    record Refuse(String reason) implements GateAnswer {

        /** Checks the reason. */
        public Refuse {
            requireReason(reason);
        }
    }

    /**
     * Not now: it stays queued, others may pass it, and the gate is asked again after {@value #RECHECK_SECONDS} s or
     * {@link Txm#askGateAgain}.
     *
     * @param reason shown to the operator while it waits, never blank
     */
    record Wait(String reason) implements GateAnswer {

        /** Checks the reason. */
        public Wait {
            requireReason(reason);
        }
    }

    /** How long a {@link Wait} lasts if nobody asks earlier. */
    int RECHECK_SECONDS = 5;

    private static void requireReason(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a gate says why");
        }
    }
}
