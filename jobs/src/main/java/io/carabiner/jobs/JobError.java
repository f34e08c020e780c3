package io.carabiner.jobs;

import java.time.Instant;

/**
 * Something that went wrong with a job outside its runs.
 *
 * @param occurrences how often the same text was recorded, 1 or more
 */
public record JobError(long id, String description, long occurrences, Instant createdAt, Instant updatedAt) {}
