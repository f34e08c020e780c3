package io.carabiner.jobs.webhook;

import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.JobSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A job that runs when somebody calls. Go counterpart: core/services/webhook.
 *
 * @param initiators the external initiators that may start it, beside users
 */
public record WebhookSpec(JobHeader header, List<Named> initiators) implements JobSpec {

    /** The name of the type in specs. */
    public static final String TYPE = "webhook";

    /**
     * An external initiator that a job names.
     *
     * @param name lower case
     * @param params what the initiator is told, as JSON text
     */
    public record Named(String name, String params) {}

    /** Copies the list. */
    public WebhookSpec {
        initiators = List.copyOf(initiators);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public SequencedMap<String, @Nullable Object> attributes(Instant createdAt) {
        SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("createdAt", createdAt);
        fields.put("updatedAt", createdAt);
        return fields;
    }

    boolean names(ExternalInitiator initiator) {
        return initiators.stream().anyMatch(named -> named.name().equals(initiator.name()));
    }
}
