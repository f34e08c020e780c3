package io.carabiner.web;

import io.carabiner.crypto.Eip55;
import io.carabiner.jobs.JobTrials.Report;
import io.carabiner.jobs.JobTrigger;
import io.carabiner.jobs.SpecFault;
import io.carabiner.pipeline.Rehearsal;
import io.carabiner.pipeline.TaskRun;
import io.carabiner.pipeline.TriedTransaction;
import io.carabiner.pipeline.TriedTransaction.Verdict;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.web.JobCatalogue.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tries a job out without making it. Carabiner's own: the Go node has no such route. */
final class JobTestRoutes {

    private final JobCatalogue jobs;

    JobTestRoutes(JobCatalogue jobs) {
        this.jobs = jobs;
    }

    List<Route> routes() {
        return List.of(Route.post("/v2/jobs/test", Access.role(Role.EDIT), this::test));
    }

    private Answer test(Call call) {
        JsonBody body = call.json("web.JobTestRequest");
        return switch (jobs.tryOut(body.text("toml"), trigger(body))) {
            case Trial.Done(Report report) ->
                JsonApi.one(new Resource(
                        "jobTests", report.spec().header().externalJobId().toString(), attributes(report)));
            case Trial.Refused(int status, List<String> reasons) -> Answer.error(status, reasons);
        };
    }

    private static JobTrigger trigger(JsonBody body) {
        List<JobTrigger> given = new ArrayList<>();
        body.find("vars")
                .map(JsonNode::toString)
                .map(JobTrigger.GivenVariables::new)
                .ifPresent(given::add);
        body.find("log").map(JsonNode::toString).map(JobTrigger.GivenLog::new).ifPresent(given::add);
        body.optionalText("request").map(JobTestRoutes::requested).ifPresent(given::add);
        if (given.size() > 1) {
            throw WebException.refused(400, "give at most one of vars, log and request");
        }
        return given.isEmpty() ? new JobTrigger.Empty() : given.getFirst();
    }

    private static JobTrigger requested(String text) {
        try {
            return new JobTrigger.Requested(Hash32.fromHex(text.replaceFirst("^tx:", "")));
        } catch (IllegalArgumentException e) {
            throw WebException.refused(400, "request must be the hash of a transaction: 0x and 64 hex digits");
        }
    }

    private static Map<String, @Nullable Object> attributes(Report report) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("name", report.spec().header().name().orElse(""));
        attributes.put("type", report.spec().type());
        attributes.put("state", report.rehearsal().outcome().state().name().toLowerCase(Locale.ROOT));
        attributes.put(
                "findings",
                report.findings().stream().map(JobTestRoutes::finding).toList());
        attributes.put(
                "tasks",
                report.rehearsal().steps().stream().map(JobTestRoutes::task).toList());
        return attributes;
    }

    /** A fault without a place has no line and no column. */
    private static Map<String, @Nullable Object> finding(SpecFault fault) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("line", fault.line() == 0 ? null : fault.line());
        fields.put("column", fault.column() == 0 ? null : fault.column());
        fields.put("message", fault.message());
        return fields;
    }

    private static Map<String, @Nullable Object> task(Rehearsal.Step step) {
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
                step.transaction().map(JobTestRoutes::transaction).orElse(null));
        return fields;
    }

    private static String state(Rehearsal.Step step) {
        Optional<TaskRun> run = step.run();
        if (run.isEmpty()) {
            return "not reached";
        }
        if (run.get().isPending()) {
            return "waiting";
        }
        return run.get().error().isPresent() ? "errored" : "completed";
    }

    private static Map<String, @Nullable Object> transaction(TriedTransaction tried) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("evmChainID", tried.chainId().toString());
        fields.put("from", Eip55.format(tried.from()));
        fields.put("to", Eip55.format(tried.to()));
        fields.put("data", tried.data().toString());
        fields.put("gasLimit", tried.gasLimit());
        fields.put("consumerRefuses", tried.consumerRefuses());
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
