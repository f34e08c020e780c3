package io.carabiner.web;

import io.carabiner.crypto.Eip55;
import io.carabiner.jobs.SpecFault;
import io.carabiner.pipeline.Rehearsal;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.pipeline.TriedTransaction;
import io.carabiner.pipeline.TriedTransaction.Verdict;
import io.carabiner.primitives.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was found in a spec and in a dry run, as the API shows it. */
final class TrialTexts {

    private TrialTexts() {}

    /** A fault without a place has no line and no column. */
    static Map<String, @Nullable Object> finding(SpecFault fault) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("line", fault.line() == 0 ? null : fault.line());
        fields.put("column", fault.column() == 0 ? null : fault.column());
        fields.put("message", fault.message());
        return fields;
    }

    static Map<String, @Nullable Object> task(Rehearsal.Step step, Map<String, String> refusals) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("dotId", step.task().dotId());
        fields.put("type", step.task().type());
        fields.put("state", state(step));
        fields.put("input", step.attributes());
        fields.put("results", step.inputs());
        fields.put("output", step.run().flatMap(TaskRun::outputJson).orElse(null));
        fields.put("error", step.run().flatMap(TaskRun::error).orElse(null));
        fields.put("milliseconds", step.took().toMillis());
        fields.put(
                "transaction",
                step.transaction()
                        .map(tried ->
                                transaction(tried, refusals.get(step.task().dotId())))
                        .orElse(null));
        return fields;
    }

    static String state(Rehearsal.Step step) {
        Optional<TaskRun> run = step.run();
        if (run.isEmpty()) {
            return "not reached";
        }
        if (run.get().isPending()) {
            return "waiting";
        }
        return run.get().error().isPresent() ? "errored" : "completed";
    }

    /** @param refusal why it would not be sent */
    static Map<String, @Nullable Object> transaction(TriedTransaction tried, @Nullable String refusal) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("evmChainID", tried.chainId().toString());
        fields.put("from", Eip55.format(tried.from()));
        fields.put("to", Eip55.format(tried.to()));
        fields.put("data", tried.data().toString());
        fields.put("gasLimit", tried.gasLimit());
        fields.put("consumerRefuses", tried.consumerRefuses());
        fields.put("guardRefuses", refusal);
        switch (tried.verdict()) {
            case Verdict.Succeeds(long gas, Bytes returned) -> {
                fields.put("gasEstimate", gas);
                fields.put("returned", returned.toString());
                fields.put("revertReason", null);
            }
            case Verdict.Fails(String reason) -> {
                fields.put("gasEstimate", null);
                fields.put("returned", null);
                fields.put("revertReason", reason);
            }
        }
        return fields;
    }
}
