package io.carabiner.jobs;

import io.carabiner.evm.EthClient;
import io.carabiner.evm.Head;
import io.carabiner.evm.LogEntry;
import io.carabiner.evm.Receipt;
import io.carabiner.pipeline.Variables;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.Hash32;
import io.carabiner.values.PipelineValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a run that is tried out begins with. Asks a chain only where a transaction was named. */
record TrialVariables(Job job, Function<ChainId, Optional<EthClient>> clients) {

    Variables of(JobTrigger trigger) {
        return switch (trigger) {
            case JobTrigger.Empty() -> empty();
            case JobTrigger.GivenVariables(String json) -> given(json);
            case JobTrigger.GivenLog(String json) ->
                request(LogText.read(json, requests().contractAddress()), Optional.empty());
            case JobTrigger.Requested(Hash32 transaction) -> requested(transaction);
        };
    }

    private Variables given(String json) {
        try {
            Variables all = empty();
            for (Map.Entry<String, PipelineValue> entry :
                    Variables.fromJson(json).values().entrySet()) {
                all = all.with(entry.getKey(), entry.getValue());
            }
            return all;
        } catch (IllegalArgumentException e) {
            throw new JobTriggerException(
                    "the variables must be a JSON object, with names without dots: " + e.getMessage());
        }
    }

    private Variables empty() {
        Variables variables = beginning(job);
        boolean complete =
                job.spec() instanceof DirectRequestSpec || variables.values().containsKey("jobRun");
        return complete ? variables : variables.with("jobRun", PipelineValue.map(Map.of("meta", none())));
    }

    /**
     * What a run of a job begins with when nobody says anything to it. A job for requests has no request to speak of;
     * what the runs of other rooms' types have is not known here.
     */
    static Variables beginning(Job job) {
        Map<String, PipelineValue> jobSpec = new LinkedHashMap<>();
        jobSpec.put("databaseID", PipelineValue.int64(job.id()));
        jobSpec.put("externalJobID", PipelineValue.uuid(job.spec().header().externalJobId()));
        jobSpec.put("name", PipelineValue.text(job.nameOrEmpty()));
        if (job.spec().attributes(Instant.EPOCH).get("evmChainID") instanceof String chain) {
            jobSpec.put("evmChainID", PipelineValue.text(chain));
        }
        Variables variables = Variables.empty().with("jobSpec", PipelineValue.map(jobSpec));
        return switch (job.spec().type()) {
            case "cron" -> variables.with("jobRun", PipelineValue.map(Map.of("meta", none())));
            case "webhook" ->
                variables.with(
                        "jobRun",
                        PipelineValue.map(Map.of("requestBody", PipelineValue.text(""), "meta", PipelineValue.none())));
            default -> variables;
        };
    }

    private static PipelineValue none() {
        return PipelineValue.map(Map.of());
    }

    private DirectRequestSpec requests() {
        if (job.spec() instanceof DirectRequestSpec spec) {
            return spec;
        }
        throw new JobTriggerException(
                "a job of type " + job.spec().type() + " answers no requests: try it without one, or give variables");
    }

    private Variables requested(Hash32 transaction) {
        DirectRequestSpec spec = requests();
        EthClient client = clients.apply(spec.evmChainId())
                .orElseThrow(() -> new JobTriggerException("chain " + spec.evmChainId() + " is not enabled"));
        try {
            Receipt receipt = client.receipts(List.of(transaction))
                    .getFirst()
                    .orElseThrow(() -> new JobTriggerException("transaction " + transaction + " is not mined on chain "
                            + spec.evmChainId() + ", as far as its endpoints know"));
            return request(requestIn(receipt, spec), client.block(receipt.blockHash()));
        } catch (JobTriggerException e) {
            throw e;
        } catch (FaultException e) {
            throw new JobTriggerException("transaction " + transaction + " could not be read: " + e.getMessage());
        }
    }

    /** The request for this job, else the first for its contract: a new job's id is in no request yet. */
    private static LogEntry requestIn(Receipt receipt, DirectRequestSpec spec) {
        List<LogEntry> requests = receipt.logs().stream()
                .filter(log -> log.address().equals(spec.contractAddress()))
                .filter(log -> OracleLog.read(log) instanceof OracleLog.Request)
                .toList();
        List<Hash32> own = JobTopics.of(spec.header().externalJobId());
        return requests.stream()
                .filter(log -> own.contains(log.topics().get(1)))
                .findFirst()
                .or(() -> requests.stream().findFirst())
                .orElseThrow(() -> new JobTriggerException("transaction " + receipt.transactionHash()
                        + " holds no OracleRequest of the contract " + spec.contractAddress()
                        + ": is it the transaction of the request, and the job's contractAddress right?"));
    }

    private Variables request(LogEntry log, Optional<Head> head) {
        return switch (OracleLog.read(log)) {
            case OracleLog.Request request -> RequestVariables.of(job, requests(), log, request, head);
            case OracleLog.Malformed malformed -> throw new JobTriggerException(malformed.reason());
            case OracleLog.Cancel cancel ->
                throw new JobTriggerException("the log is a cancellation of request " + cancel.requestId());
            case OracleLog.Other other -> throw new JobTriggerException("the log is no OracleRequest");
        };
    }
}
