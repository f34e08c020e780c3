package io.carabiner.jobs;

import io.carabiner.primitives.ChainId;

/** What an operator wants done, as read from a spec. Each type of job has its own record. Immutable. */
public sealed interface JobSpec permits DirectRequestSpec {

    /** What every type has. */
    JobHeader header();

    /** The name of the type in specs: {@code directrequest}. */
    String type();

    /** The chain the job works on. */
    ChainId evmChainId();
}
