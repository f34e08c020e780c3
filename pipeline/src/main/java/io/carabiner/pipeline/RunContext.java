package io.carabiner.pipeline;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a run's tasks may know of the job they belong to.
 *
 * @param jobType the job's type as in its spec ({@code directrequest}): chooses the gas limit, labels metrics
 * @param gasLimit the job's own limit for transactions and calls, empty if it sets none
 * @param forwardingAllowed the job's {@code forwardingAllowed}
 * @param maxTaskDuration the job's limit for one attempt of one task; zero for none
 */
public record RunContext(
        long jobId,
        String jobName,
        String jobType,
        OptionalLong gasLimit,
        boolean forwardingAllowed,
        Duration maxTaskDuration) {}
