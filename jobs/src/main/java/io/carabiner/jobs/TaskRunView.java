package io.carabiner.jobs;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One task of a run as it is shown.
 *
 * @param output JSON text; empty while it waits or where it failed
 * @param finishedAt empty while it waits
 */
public record TaskRunView(
        UUID id,
        String dotId,
        String type,
        int index,
        Optional<String> output,
        Optional<String> error,
        Instant createdAt,
        Optional<Instant> finishedAt) {}
