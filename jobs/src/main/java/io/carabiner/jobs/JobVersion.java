package io.carabiner.jobs;

import java.time.Instant;

/**
 * A spec that a job has or had.
 *
 * @param version from 1
 * @param since when it became the job's spec
 * @param present whether the job has it now
 */
public record JobVersion(int version, String toml, Instant since, boolean present) {}
