package io.carabiner.pipeline;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import io.carabiner.values.ValueJson;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Wants a transaction to be sent; is settled when it is mined deep enough, or at once if that is not asked for. */
record EthTxTask(
        Parameter from,
        Parameter to,
        Parameter data,
        Parameter gasLimit,
        Parameter txMeta,
        Parameter minConfirmations,
        Parameter failOnRevert,
        ChainParameter chain,
        Parameter transmitChecker)
        implements Task {

    private static final Set<String> META_KEYS = Set.of(
            "JobID",
            "RequestID",
            "RequestTxHash",
            "RequestIDs",
            "RequestTxHashes",
            "MaxLink",
            "SubID",
            "GlobalSubID",
            "MaxEth",
            "ForceFulfilled",
            "ForceFulfillmentAttempt",
            "UpkeepID",
            "WorkflowExecutionID",
            "FwdrDestAddress",
            "MessageIDs",
            "SeqNumbers",
            "FailOnRevert",
            "CallbackAddr");

    EthTxTask(Attributes attributes) {
        this(
                attributes.parameter("from").variable().json().orNothing().build(),
                attributes.parameter("to").variable().literal().build(),
                attributes.parameter("data").variable().literal().build(),
                attributes
                        .parameter("gasLimit")
                        .variable()
                        .literal()
                        .orElse(PipelineValue.int64(0))
                        .build(),
                attributes.parameter("txMeta").variable().json().orNothing().build(),
                attributes.parameter("minConfirmations").variable().exact().build(),
                attributes
                        .parameter("failOnRevert")
                        .literal()
                        .orElse(PipelineValue.bool(false))
                        .build(),
                new ChainParameter(attributes),
                attributes
                        .parameter("transmitChecker")
                        .variable()
                        .json()
                        .orNothing()
                        .build());
    }

    private record Fields(
            Resolver.Resolved<List<Address>> from,
            Resolver.Resolved<Address> to,
            Resolver.Resolved<Bytes> data,
            Resolver.Resolved<BigInteger> gasLimit,
            Resolver.Resolved<Optional<Map<String, PipelineValue>>> meta,
            Resolver.Resolved<Optional<BigInteger>> minConfirmations,
            Resolver.Resolved<Boolean> failOnRevert,
            Resolver.Resolved<Optional<Map<String, PipelineValue>>> checker) {}

    @Override
    public TaskAnswer run(TaskScope scope) {
        ChainParameter.Chosen chosen = chain.choose(scope);
        scope.checkNoInputFailed();
        Resolver resolver = new Resolver(scope);
        Fields fields = new Fields(
                resolver.read(from, Coerce::addresses),
                resolver.read(to, Coerce::address),
                resolver.read(data, Coerce::bytes),
                resolver.read(gasLimit, Coerce::uint64),
                resolver.read(txMeta, Coerce::map),
                resolver.read(minConfirmations, Coerce::maybeUint64),
                resolver.read(failOnRevert, Coerce::bool),
                resolver.read(transmitChecker, Coerce::map));
        resolver.throwFaults();
        checkKeys(chosen, fields.from().get());
        TransactionIntent intent = intent(scope, chosen, fields);
        boolean waits = intent.minConfirmations().orElse(1) > 0;
        return new TaskAnswer.Transaction(intent, waits ? Optional.empty() : Optional.of(PipelineValue.none()));
    }

    private static void checkKeys(ChainParameter.Chosen chosen, List<Address> from) {
        if (!chosen.access().hasSendingKey(from)) {
            String whitelist = from.isEmpty()
                    ? ""
                    : " that match whitelist: ["
                            + String.join(
                                    " ", from.stream().map(Address::toString).toList()) + "]";
            throw new TaskFailure("while querying keystore: ETHTxTask failed to get fromAddress: "
                    + "no sending keys available for chain " + chosen.id() + whitelist + ": task run failed");
        }
    }

    private TransactionIntent intent(TaskScope scope, ChainParameter.Chosen chosen, Fields fields) {
        BigInteger limit = fields.gasLimit().get();
        OptionalInt confirmations = fields.minConfirmations()
                .get()
                .map(count -> OptionalInt.of(
                        count.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue()))
                .orElse(OptionalInt.empty());
        return new TransactionIntent(
                scope.taskRunId(),
                chosen.id(),
                fields.from().get(),
                fields.to().get(),
                fields.data().get(),
                limit.signum() == 0 ? ChainParameter.gasLimit(scope, chosen.access()) : limit.longValue(),
                confirmations,
                fields.failOnRevert().get(),
                meta(scope, fields),
                fields.checker()
                        .get()
                        .filter(checker -> !checker.isEmpty())
                        .map(checker -> ValueJson.write(PipelineValue.map(checker))),
                scope.run().forwardingAllowed());
    }

    private static String meta(TaskScope scope, Fields fields) {
        Map<String, PipelineValue> meta =
                new LinkedHashMap<>(fields.meta().get().orElse(Map.of()));
        List<String> unknown = meta.keySet().stream()
                .filter(key -> META_KEYS.stream().noneMatch(key::equalsIgnoreCase))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw TaskFailure.badInput(
                    "txMeta: 1 error(s) decoding:\n\n* '' has invalid keys: " + String.join(", ", unknown));
        }
        meta.put("JobID", PipelineValue.int64(scope.run().jobId()));
        if (fields.failOnRevert().get()) {
            meta.put("FailOnRevert", PipelineValue.bool(true));
        }
        return ValueJson.write(PipelineValue.map(meta));
    }
}
