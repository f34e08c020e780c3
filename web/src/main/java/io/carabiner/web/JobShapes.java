package io.carabiner.web;

import io.carabiner.graphql.Shape;
import io.carabiner.web.JobCatalogue.JobView;
import io.carabiner.web.RunCatalogue.RunView;
import io.carabiner.web.RunCatalogue.TaskRunView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** The parts of jobs and runs in the types and formats that GraphQL has for them. Pure. */
final class JobShapes {

    /** What the Go node shows where there is no time: its zero. */
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    private static final String NO_OUTPUTS = "error: unable to retrieve outputs";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("directrequest", "DirectRequestSpec"),
            Map.entry("fluxmonitor", "FluxMonitorSpec"),
            Map.entry("cron", "CronSpec"),
            Map.entry("webhook", "WebhookSpec"),
            Map.entry("offchainreporting", "OCRSpec"),
            Map.entry("offchainreporting2", "OCR2Spec"),
            Map.entry("keeper", "KeeperSpec"),
            Map.entry("vrf", "VRFSpec"),
            Map.entry("blockhashstore", "BlockhashStoreSpec"),
            Map.entry("blockheaderfeeder", "BlockHeaderFeederSpec"),
            Map.entry("bootstrap", "BootstrapSpec"));

    private JobShapes() {}

    static Shape spec(JobView job) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(job.ownFields());
        if (job.type().equals("directrequest") && fields.get("minContractPaymentLinkJuels") == null) {
            fields.put("minContractPaymentLinkJuels", "0");
        }
        String type = Optional.ofNullable(TYPES.get(job.type()))
                .orElseThrow(() -> new IllegalStateException("no GraphQL type for jobs of type " + job.type()));
        return Shape.of(type, fields);
    }

    static Shape run(RunView run) {
        return Shape.of("JobRun")
                .with("id", String.valueOf(run.id()))
                .with("outputs", run.outputs().map(JobShapes::nullable).orElse(List.of(NO_OUTPUTS)))
                .with("allErrors", run.allErrors())
                .with("fatalErrors", run.fatalErrors().map(JobShapes::present).orElse(List.of()))
                .with("inputs", inputs(run.inputs()))
                .with("createdAt", run.createdAt())
                .with("finishedAt", run.finishedAt())
                .with("taskRuns", run.taskRuns().stream().map(JobShapes::task).toList())
                .with("status", run.state().toUpperCase(Locale.ROOT));
    }

    private static List<@Nullable String> nullable(List<Optional<String>> texts) {
        return texts.stream().<@Nullable String>map(text -> text.orElse(null)).toList();
    }

    private static List<String> present(List<Optional<String>> texts) {
        return texts.stream().flatMap(Optional::stream).toList();
    }

    private static String inputs(Object inputs) {
        return inputs instanceof RawValue raw ? String.valueOf(raw.rawValue()) : GoJson.write(inputs);
    }

    private static Shape task(TaskRunView task) {
        return Shape.of("TaskRun")
                .with("id", task.id().toString())
                .with("dotID", task.dotId())
                .with("type", task.type())
                .with("output", task.output().orElse("null"))
                .with("error", task.error())
                .with("createdAt", task.createdAt())
                .with("finishedAt", task.finishedAt().<Object>map(time -> time).orElse(NO_TIME));
    }
}
