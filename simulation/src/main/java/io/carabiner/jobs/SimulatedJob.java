package io.carabiner.jobs;

import io.carabiner.crypto.Eip55;
import io.carabiner.evm.LogBatch;
import io.carabiner.evm.LogEntry;
import io.carabiner.pipeline.TaskResult;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Juels;
import io.carabiner.txm.TransactionResult;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One direct-request job with its real decisions, for a simulated world. Immutable. */
public final class SimulatedJob {

    private static final UUID ID = UUID.fromString("a5ac14e8-7629-4726-b1f1-1ae053fc829e");

    /** What is to be stored because of an event. */
    public sealed interface Decision {

        /** A request to be answered from a block on. */
        record Accept(Hash32 requestId, LogEntry log, long ripeAtBlock) implements Decision {}

        /** A request that is not answered. */
        record Reject(Hash32 requestId, LogEntry log, String reason) implements Decision {}

        /** A request that was taken back. */
        record Cancel(Hash32 requestId, LogEntry log) implements Decision {}

        /** Nothing. */
        record Ignore() implements Decision {}
    }

    /** How often runs that nobody handed over are looked for. */
    public static final Duration RECOVER_EVERY = RunExecutor.RECOVER_EVERY;

    /** The signature of requests. */
    public static final Hash32 REQUEST = OracleLog.REQUEST;

    /** The signature of cancellations. */
    public static final Hash32 CANCEL = OracleLog.CANCEL;

    private final Job job;
    private final Map<Hash32, Job> byTopic;
    private final DirectRequestChain chain;

    /**
     * A job whose runs want one transaction each.
     *
     * @param confirmations {@code MinIncomingConfirmations}
     * @param payment the least payment, in juels
     */
    public SimulatedJob(ChainId chain, Address contract, long confirmations, BigInteger payment) {
        String toml = """
                type = "directrequest"
                schemaVersion = 1
                externalJobID = "%s"
                contractAddress = "%s"
                evmChainID = "%s"
                observationSource = \"""
                  send [type=ethtx to="%s" data="$(jobRun.logData)" minConfirmations="2"]
                \"""
                """.formatted(ID, Eip55.format(contract), chain, Eip55.format(contract));
        JobTypes types = new JobTypes(List.of(new DirectRequestType(Set.of(chain), any -> Optional.empty())));
        job = new Job(1, new JobSpecParser(types).parse(toml), toml, Instant.EPOCH, List.of());
        byTopic = RequestDecision.byTopic(List.of(job));
        this.chain = new DirectRequestChain(chain, confirmations, new Juels(payment));
    }

    /** The topic that names the job in requests. */
    public static Hash32 topic() {
        return JobTopics.of(ID).getFirst();
    }

    /** Decides on one event of a batch. */
    public Decision decide(LogEntry log, LogBatch batch) {
        return switch (RequestDecision.decide(log, batch, byTopic, chain)) {
            case RequestDecision.Accept accept ->
                new Decision.Accept(accept.requestId(), accept.log(), accept.ripeAtBlock());
            case RequestDecision.Reject reject ->
                new Decision.Reject(reject.requestId(), reject.log(), reject.reason());
            case RequestDecision.Unreadable unreadable ->
                throw new IllegalStateException("the simulated contract is readable: " + unreadable.reason());
            case RequestDecision.Cancel cancel -> new Decision.Cancel(cancel.requestId(), cancel.log());
            case RequestDecision.Ignore() -> new Decision.Ignore();
        };
    }

    /** How a run whose only task waited for this transaction stands then: the state's word. */
    public String settled(long runId, UUID taskRunId, TransactionResult result) {
        TaskRun task =
                new TaskRun(taskRunId, "send", "ethtx", 0, new TaskResult.Pending(), Instant.EPOCH, Optional.empty());
        TaskRun answered = task.settled(RunResumer.taskResult(result, true), Instant.EPOCH);
        return Execution.failed(runId, job, "")
                .withTaskRuns(List.of(answered))
                .status()
                .externalName();
    }
}
