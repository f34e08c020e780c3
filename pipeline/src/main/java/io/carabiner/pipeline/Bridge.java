package io.carabiner.pipeline;

import io.carabiner.primitives.Juels;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * An external adapter that jobs call by name.
 *
 * @param name letters, digits, {@code _} and {@code -}; kept in lower case, found in any case
 * @param url where requests are posted to
 * @param confirmations a number kept for the API; no task uses it
 * @param minimumContractPayment kept for the API, empty where none was given; a job's own minimum counts
 * @param outgoingToken shown to operators; version 2 jobs do not send it
 */
public record Bridge(
        String name,
        URI url,
        long confirmations,
        Optional<Juels> minimumContractPayment,
        String outgoingToken,
        Instant createdAt,
        Instant updatedAt) {

    /** Everything but the token. */
    @Override
    public String toString() {
        return "Bridge[" + name + "]";
    }
}
