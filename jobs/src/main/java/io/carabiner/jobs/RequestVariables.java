package io.carabiner.jobs;

import io.carabiner.evm.Head;
import io.carabiner.evm.LogEntry;
import io.carabiner.pipeline.Variables;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.values.PipelineValue;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run of a direct request begins with. Go counterpart: core/services/directrequest/delegate.go. */
final class RequestVariables {

    private RequestVariables() {}

    static Variables of(Job job, DirectRequestSpec spec, LogEntry log, OracleLog.Request request, Optional<Head> head) {
        return new Variables(Map.of(
                "jobSpec",
                PipelineValue.map(jobSpec(job, spec)),
                "jobRun",
                PipelineValue.map(jobRun(log, request, head))));
    }

    private static Map<String, PipelineValue> jobSpec(Job job, DirectRequestSpec spec) {
        Map<String, PipelineValue> fields = new LinkedHashMap<>();
        fields.put("databaseID", PipelineValue.int64(job.id()));
        fields.put("externalJobID", PipelineValue.uuid(spec.header().externalJobId()));
        fields.put("name", PipelineValue.text(job.nameOrEmpty()));
        fields.put("evmChainID", PipelineValue.text(spec.evmChainId().toString()));
        fields.put("pipelineSpec", PipelineValue.map(pipelineSpec(spec)));
        return fields;
    }

    /** As the Go node stores it: the fields are there and empty, only the flag means something. */
    private static Map<String, PipelineValue> pipelineSpec(DirectRequestSpec spec) {
        Map<String, PipelineValue> fields = new LinkedHashMap<>();
        fields.put("ID", PipelineValue.int64(0));
        fields.put("dotDagSource", PipelineValue.text(""));
        if (spec.header().forwardingAllowed()) {
            fields.put("ForwardingAllowed", PipelineValue.bool(true));
        }
        return fields;
    }

    private static Map<String, PipelineValue> jobRun(LogEntry log, OracleLog.Request request, Optional<Head> head) {
        Map<String, PipelineValue> fields = new LinkedHashMap<>();
        fields.put("meta", PipelineValue.map(Map.of("oracleRequest", PipelineValue.map(oracleRequest(request)))));
        fields.put("logBlockHash", PipelineValue.hash(log.blockHash()));
        fields.put("logBlockNumber", PipelineValue.int64(log.blockNumber()));
        fields.put("logTxHash", PipelineValue.hash(log.transactionHash()));
        fields.put("logAddress", PipelineValue.address(log.address()));
        fields.put("logTopics", PipelineValue.hashes(log.topics()));
        fields.put("logData", PipelineValue.bytes(log.data()));
        fields.put(
                "blockReceiptsRoot",
                PipelineValue.hash(head.map(Head::receiptsRoot).orElse(Hash32.ZERO)));
        fields.put(
                "blockTransactionsRoot",
                PipelineValue.hash(head.map(Head::transactionsRoot).orElse(Hash32.ZERO)));
        fields.put(
                "blockStateRoot", PipelineValue.hash(head.map(Head::stateRoot).orElse(Hash32.ZERO)));
        return fields;
    }

    private static Map<String, PipelineValue> oracleRequest(OracleLog.Request request) {
        Map<String, PipelineValue> fields = new LinkedHashMap<>();
        fields.put("specId", PipelineValue.text(request.specId().toString()));
        fields.put("requester", PipelineValue.address(request.requester()));
        fields.put("requestId", PipelineValue.text(request.requestId().toString()));
        fields.put("payment", decimal(request.payment()));
        fields.put("callbackAddr", PipelineValue.address(request.callbackAddress()));
        fields.put(
                "callbackFunctionId",
                PipelineValue.text(request.callbackFunctionId().toString()));
        fields.put("cancelExpiration", decimal(request.cancelExpiration()));
        fields.put("dataVersion", decimal(request.dataVersion()));
        fields.put("data", PipelineValue.text(request.data().toString()));
        return fields;
    }

    /** Who asked and what is paid, read back from the variables of a run; empty if nobody on a chain did. */
    static Optional<Runs.Asked> asked(Variables variables) {
        return field(variables.values().get("jobRun"), "meta")
                .flatMap(meta -> field(meta, "oracleRequest"))
                .flatMap(request -> field(request, "requester")
                        .flatMap(requester -> field(request, "payment").flatMap(payment -> asked(requester, payment))));
    }

    private static Optional<PipelineValue> field(@Nullable PipelineValue value, String name) {
        return value instanceof PipelineValue.Fields(Map<String, PipelineValue> fields)
                ? Optional.ofNullable(fields.get(name))
                : Optional.empty();
    }

    private static Optional<Runs.Asked> asked(PipelineValue requester, PipelineValue payment) {
        try {
            return Optional.of(new Runs.Asked(Address.fromHex(bare(requester)), new BigInteger(bare(payment))));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // variables given by hand may hold anything
        }
    }

    private static String bare(PipelineValue value) {
        return value.toJson().replace("\"", "");
    }

    private static PipelineValue decimal(BigInteger number) {
        return PipelineValue.text(number.toString());
    }
}
