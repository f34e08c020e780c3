package io.carabiner.txm;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What few transactions ask for.
 *
 * @param forwardingAllowed whether a forwarder contract that trusts the key may stand between (Go: job spec key
 *     {@code forwardingAllowed}); only where {@code EVM.Transactions.ForwardersEnabled}
 * @param accessList what it will touch (EIP-2930); empty for none
 * @param dropOldest whether it pushes older ones out of the queue
 */
public record SendingOptions(
        boolean forwardingAllowed, List<AccessListEntry> accessList, Optional<DropOldest> dropOldest) {

    /** Nothing of it. */
    public static final SendingOptions NONE = new SendingOptions(false, List.of(), Optional.empty());

    /** Copies the list. */
    public SendingOptions {
        accessList = List.copyOf(accessList);
    }

    /**
     * Of what is queued for a subject only the newest is worth sending: a feed's newest answer. What is pushed out ends
     * as {@code fatal_error} (the Go node deletes it: {@code DropOldestStrategy}).
     *
     * @param subject what they have in common, such as a job's external id
     * @param queuedMax how many may wait, 1 or more
     */
    public record DropOldest(UUID subject, int queuedMax) {

        /** Checks the number. */
        public DropOldest {
            if (queuedMax < 1) {
                throw new IllegalArgumentException("a queue of " + queuedMax + " takes nothing");
            }
        }
    }
}
