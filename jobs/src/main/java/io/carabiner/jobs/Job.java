package io.carabiner.jobs;

import java.time.Instant;
import java.util.List;

/**
 * A stored job.
 *
 * @param id the number in the API
 * @param toml the spec as it was posted
 * @param errors what went wrong with it outside its runs, newest first
 */
public record Job(int id, JobSpec spec, String toml, Instant createdAt, List<JobError> errors) {

    /** Copies the list. */
    public Job {
        errors = List.copyOf(errors);
    }

    /** The name, or nothing. */
    public String nameOrEmpty() {
        return spec.header().name().orElse("");
    }
}
