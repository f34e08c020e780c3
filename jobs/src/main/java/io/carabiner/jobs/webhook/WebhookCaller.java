package io.carabiner.jobs.webhook;

/** Who wants a webhook job run. */
public sealed interface WebhookCaller {

    /** A user whose role allows it. */
    record User() implements WebhookCaller {}

    /** An external initiator that has shown its secret. */
    record Initiator(ExternalInitiator initiator) implements WebhookCaller {}
}
