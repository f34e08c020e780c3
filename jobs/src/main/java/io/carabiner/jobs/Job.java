package io.carabiner.jobs;

import java.time.Instant;
import java.util.List;

/**
 * A stored job.
 *
 * @param id the number in the API
 * @param version of its spec, from 1; each change counts one on
 * @param toml the spec as it was posted
 * @param paused whether it makes no runs until it is resumed
 * @param errors what went wrong with it outside its runs, newest first
 */
public record Job(
        int id, int version, JobSpec spec, String toml, Instant createdAt, boolean paused, List<JobError> errors) {

    /** Copies the list. */
    public Job {
        errors = List.copyOf(errors);
    }

    /** A job whose spec was never changed, and that works. */
    public Job(int id, JobSpec spec, String toml, Instant createdAt, List<JobError> errors) {
        this(id, 1, spec, toml, createdAt, false, errors);
    }

    /** The name, or nothing. */
    public String nameOrEmpty() {
        return spec.header().name().orElse("");
    }
}
