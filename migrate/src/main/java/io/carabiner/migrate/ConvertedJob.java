package io.carabiner.migrate;

/**
 * A job spec of today.
 *
 * @param name the job's name, or {@code job-N} for the Nth job without one; not empty, no two alike in a conversion
 * @param toml the spec; comments at its top repeat what was not converted of this job
 */
public record ConvertedJob(String name, String toml) {}
