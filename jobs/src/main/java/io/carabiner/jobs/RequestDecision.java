package io.carabiner.jobs;

import io.carabiner.evm.Head;
import io.carabiner.evm.LogBatch;
import io.carabiner.evm.LogEntry;
import io.carabiner.primitives.Hash32;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be stored because of one event. Pure: a function of the event, the jobs and the chain's settings. */
sealed interface RequestDecision {

    /**
     * A request that is answered once it has its confirmations.
     *
     * @param ripeAtBlock the first block that, being the newest, gives it enough confirmations
     * @param inputsJson the variables of its run
     */
    record Accept(int jobId, LogEntry log, Hash32 requestId, long ripeAtBlock, String inputsJson)
            implements RequestDecision {}

    /** A request that is not answered, and why. */
    record Reject(int jobId, LogEntry log, Hash32 requestId, String reason) implements RequestDecision {}

    /** An event for a job that cannot be read. */
    record Unreadable(int jobId, LogEntry log, String reason) implements RequestDecision {}

    /** A request was taken back. */
    record Cancel(LogEntry log, Hash32 requestId) implements RequestDecision {}

    /** Nothing: an event for nobody here. */
    record Ignore() implements RequestDecision {}

    /** The jobs of a chain by the topics that name them. */
    static Map<Hash32, Job> byTopic(List<Job> jobs) {
        Map<Hash32, Job> byTopic = new HashMap<>();
        for (Job job : jobs) {
            JobTopics.of(job.spec().header().externalJobId()).forEach(topic -> byTopic.put(topic, job));
        }
        return byTopic;
    }

    /** Decides on one event. */
    static RequestDecision decide(LogEntry log, LogBatch batch, Map<Hash32, Job> jobs, DirectRequestChain chain) {
        return switch (OracleLog.read(log)) {
            case OracleLog.Request request ->
                forJob(jobs, request.specId(), log)
                        .map(job -> decide(job, (DirectRequestSpec) job.spec(), log, request, batch, chain))
                        .orElseGet(Ignore::new);
            case OracleLog.Malformed malformed ->
                forJob(jobs, malformed.specId(), log)
                        .<RequestDecision>map(job -> new Unreadable(job.id(), log, malformed.reason()))
                        .orElseGet(Ignore::new);
            case OracleLog.Cancel cancel -> new Cancel(log, cancel.requestId());
            case OracleLog.Other() -> new Ignore();
        };
    }

    /** The job that is named, if it listens to this contract. */
    private static Optional<Job> forJob(Map<Hash32, Job> jobs, Hash32 specId, LogEntry log) {
        return Optional.ofNullable(jobs.get(specId))
                .filter(job -> job.spec() instanceof DirectRequestSpec spec
                        && spec.contractAddress().equals(log.address()));
    }

    private static RequestDecision decide(
            Job job,
            DirectRequestSpec spec,
            LogEntry log,
            OracleLog.Request request,
            LogBatch batch,
            DirectRequestChain chain) {
        return refusal(spec, request, chain)
                .<RequestDecision>map(reason -> new Reject(job.id(), log, request.requestId(), reason))
                .orElseGet(() -> accept(job, spec, log, request, batch, chain));
    }

    private static Optional<String> refusal(
            DirectRequestSpec spec, OracleLog.Request request, DirectRequestChain chain) {
        if (!spec.requesters().isEmpty() && !spec.requesters().contains(request.requester())) {
            return Optional.of("invalid requester: " + request.requester() + " is not among the job's requesters");
        }
        BigInteger minimum = spec.minContractPaymentLinkJuels()
                .orElse(chain.minContractPayment().amount());
        return request.payment().compareTo(minimum) < 0
                ? Optional.of(
                        "insufficient payment: " + request.payment() + " juels, at least " + minimum + " are asked")
                : Optional.empty();
    }

    private static Accept accept(
            Job job,
            DirectRequestSpec spec,
            LogEntry log,
            OracleLog.Request request,
            LogBatch batch,
            DirectRequestChain chain) {
        long confirmations =
                Math.max(1, Math.max(spec.minIncomingConfirmations().orElse(0), chain.minIncomingConfirmations()));
        Optional<Head> head = Optional.ofNullable(batch.heads().get(log.blockNumber()));
        String inputs = RequestVariables.of(job, spec, log, request, head).toJson();
        return new Accept(job.id(), log, request.requestId(), log.blockNumber() + confirmations - 1, inputs);
    }
}
