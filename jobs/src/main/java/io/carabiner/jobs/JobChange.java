package io.carabiner.jobs;

/** What became of the wish to change a stored job. */
public sealed interface JobChange {

    /** The job as it is now. */
    record Done(Job job) implements JobChange {}

    /** There is no such job. */
    record NoSuchJob() implements JobChange {}

    /** The job never had a spec of this version, or it is not kept any more. */
    record NoSuchVersion(int version) implements JobChange {}
}
