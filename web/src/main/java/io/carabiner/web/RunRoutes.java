package io.carabiner.web;

import io.carabiner.jobs.webhook.ExternalInitiator;
import io.carabiner.jobs.webhook.WebhookCaller;
import io.carabiner.jobs.webhook.WebhookOutcome;
import io.carabiner.web.RunCatalogue.RunView;
import io.carabiner.web.RunCatalogue.TaskRunView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs of jobs (Go node 2.15, core/web/pipeline_runs_controller.go). */
final class RunRoutes {

    /** The fields of a run; lists are null where Go has none. */
    record RunAttributes(
            Optional<List<Optional<String>>> outputs,
            Optional<List<Optional<String>>> errors,
            @Nullable List<String> allErrors,
            Optional<List<Optional<String>>> fatalErrors,
            Object inputs,
            @Nullable List<TaskRunView> taskRuns,
            Instant createdAt,
            Optional<Instant> finishedAt,
            JobRoutes.PipelineSpecAttributes pipelineSpec) {}

    private final RunCatalogue runs;
    private final WebhookCatalogue webhooks;

    RunRoutes(RunCatalogue runs, WebhookCatalogue webhooks) {
        this.runs = runs;
        this.webhooks = webhooks;
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        return List.of(
                Route.get("/v2/pipeline/runs", view, call -> list(call, OptionalInt.empty())),
                Route.get("/v2/jobs/:ID/runs", view, this::ofJob),
                Route.get("/v2/jobs/:ID/runs/:runID", view, this::show),
                Route.post("/v2/jobs/:ID/runs", Access.roleOrInitiator(Role.RUN), this::start));
    }

    private Answer ofJob(Call call) {
        return list(call, OptionalInt.of(GoFormats.int32(call.parameter("ID"))));
    }

    private Answer list(Call call, OptionalInt jobId) {
        Page page = Page.of(call, Page.SIZE_LARGE);
        Listing<RunView> found = runs.list(jobId, page.offset(), page.size());
        return JsonApi.page(
                call, page, found.items().stream().map(RunRoutes::resource).toList(), found.count());
    }

    /** The Go node does not look at the job's id, and answers 500 for a run that it does not have. */
    private Answer show(Call call) {
        return runs.find(GoFormats.int64(call.parameter("runID")))
                .map(run -> JsonApi.one(resource(run)))
                .orElseGet(() -> Answer.error(500, "sql: no rows in result set"));
    }

    /** Only webhook jobs can be started by hand, by their UUID; release builds of the Go node refuse numbers. */
    private Answer start(Call call) {
        String id = call.parameter("ID");
        Optional<UUID> uuid = JobRoutes.uuid(id);
        if (uuid.isPresent()) {
            return started(webhooks.run(uuid.get(), caller(call), text(call)));
        }
        return id.matches("[+-]?\\d{1,10}")
                ? Answer.error(500, "manual job runs not supported on secure builds")
                : Answer.error(422, "bad job ID");
    }

    private static String text(Call call) {
        return new String(call.body().toArray(), StandardCharsets.UTF_8);
    }

    private static WebhookCaller caller(Call call) {
        return call.caller() instanceof CallingInitiator(ExternalInitiator initiator)
                ? new WebhookCaller.Initiator(initiator)
                : new WebhookCaller.User();
    }

    private static Answer started(WebhookOutcome outcome) {
        return switch (outcome) {
            case WebhookOutcome.Ran(io.carabiner.jobs.RunView run) -> JsonApi.one(resource(StoredRuns.view(run)));
            case WebhookOutcome.NoSuchJob() -> Answer.error(404, "job does not exist");
            case WebhookOutcome.NotAllowed(String reason) -> Answer.error(401, reason);
            case WebhookOutcome.Paused(int jobId) ->
                Answer.error(409, "the job is paused and makes no runs: 'jobs resume " + jobId + "' lets it go on");
            case WebhookOutcome.LeftNoTrace() -> Answer.error(500, "the run failed early, which leaves no run behind");
        };
    }

    private static Resource resource(RunView run) {
        RunAttributes attributes = new RunAttributes(
                run.outputs(),
                run.fatalErrors(),
                run.allErrors().isEmpty() ? null : run.allErrors(),
                run.fatalErrors(),
                run.inputs(),
                run.taskRuns().isEmpty() ? null : run.taskRuns(),
                run.createdAt(),
                run.finishedAt(),
                new JobRoutes.PipelineSpecAttributes(run.pipelineSpecId(), run.jobId(), run.dotDagSource()));
        return new Resource("pipelineRun", String.valueOf(run.id()), attributes);
    }
}
