package io.carabiner.jobs;

import io.carabiner.pipeline.Pipeline;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What every job has.
 *
 * @param name unique among jobs where there is one
 * @param externalJobId unique among jobs; made by the parser where the spec has none
 * @param schemaVersion always 1
 * @param gasLimit for transactions and calls of the job's tasks, empty for the chain's own
 * @param maxTaskDuration the limit of one attempt of one task; zero or less for none
 * @param pipeline the tasks
 */
public record JobHeader(
        Optional<String> name,
        UUID externalJobId,
        int schemaVersion,
        OptionalLong gasLimit,
        boolean forwardingAllowed,
        Duration maxTaskDuration,
        Pipeline pipeline) {}
