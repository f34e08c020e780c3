package io.carabiner.jobs.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A program that starts webhook jobs. Go counterpart: core/bridges/external_initiator.go.
 *
 * @param name letters, digits, {@code _} and {@code -}, lower case
 * @param url who is told of jobs that name it; empty for nobody
 * @param accessKey with the secret, what it calls the node with
 * @param outgoingToken with the outgoing secret, what the node calls it with
 */
public record ExternalInitiator(
        long id,
        String name,
        Optional<URI> url,
        String accessKey,
        String outgoingToken,
        String outgoingSecret,
        Instant createdAt,
        Instant updatedAt) {

    /** Everything but keys, tokens and secrets. */
    @Override
    public String toString() {
        return "ExternalInitiator[" + name + "]";
    }
}
