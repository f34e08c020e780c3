package io.carabiner.jobs;

import io.carabiner.primitives.Hash32;

/** What a run that is tried out begins with. */
public sealed interface JobTrigger {

    /** Nothing but what every run of the job has. */
    record Empty() implements JobTrigger {}

    /**
     * These variables, beside those of every run, which they may replace.
     *
     * @param json an object
     */
    record GivenVariables(String json) implements JobTrigger {}

    /**
     * An event.
     *
     * @param json an object with the fields that {@code eth_getLogs} gives; topics and data must be there
     */
    record GivenLog(String json) implements JobTrigger {}

    /** The request that this transaction made. */
    record Requested(Hash32 transaction) implements JobTrigger {}
}
