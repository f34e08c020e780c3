package io.carabiner.guards;

/** Where errors of jobs are kept. Safe for use by many threads. */
@FunctionalInterface
public interface JobErrors {

    /** Notes an error of a job; the same text again is counted. A job that is gone is ignored. */
    void note(int jobId, String description);
}
