package io.carabiner.web;

import io.carabiner.jobs.JobTrials.Replay;
import io.carabiner.jobs.TaskRunView;
import io.carabiner.pipeline.Rehearsal;
import io.carabiner.web.RunCatalogue.Replayed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs what was run once more, without storing or sending. The Go node has no such route. */
final class ReplayRoutes {

    /** What a task gave; both are null where it gave nothing. */
    record Gave(Optional<String> output, Optional<String> error) {}

    private final RunCatalogue runs;

    ReplayRoutes(RunCatalogue runs) {
        this.runs = runs;
    }

    List<Route> routes() {
        return List.of(Route.post("/v2/pipeline/runs/:runID/replay", Access.role(Role.RUN), this::replay));
    }

    private Answer replay(Call call) {
        long id = GoFormats.int64(call.parameter("runID"));
        return switch (runs.replay(id)) {
            case Replayed.Done(Replay replay) ->
                JsonApi.one(new Resource("runReplays", String.valueOf(id), attributes(replay)));
            case Replayed.Refused(int status, String reason) -> Answer.error(status, reason);
        };
    }

    private static Map<String, @Nullable Object> attributes(Replay replay) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("jobID", replay.job().id());
        attributes.put("name", replay.job().nameOrEmpty());
        attributes.put("specChanged", replay.run().jobVersion() != replay.job().version());
        attributes.put("stateBefore", replay.run().state());
        attributes.put("stateNow", replay.now().outcome().state().name().toLowerCase(Locale.ROOT));
        attributes.put("tasks", tasks(replay));
        return attributes;
    }

    /** Those of the present spec in their order, then those that are gone. */
    private static List<Map<String, @Nullable Object>> tasks(Replay replay) {
        Map<String, TaskRunView> before = new LinkedHashMap<>();
        replay.run().taskRuns().forEach(task -> before.put(task.dotId(), task));
        Map<String, Rehearsal.Step> now = new LinkedHashMap<>();
        replay.now().steps().forEach(step -> now.put(step.task().dotId(), step));
        Set<String> names = new LinkedHashSet<>(now.keySet());
        names.addAll(before.keySet());
        List<Map<String, @Nullable Object>> tasks = new ArrayList<>();
        for (String name : names) {
            tasks.add(task(
                    name,
                    Optional.ofNullable(before.get(name)),
                    Optional.ofNullable(now.get(name)),
                    replay.refusals()));
        }
        return tasks;
    }

    /** Only what was sent before and is only called now cannot be the same. */
    private static Map<String, @Nullable Object> task(
            String name, Optional<TaskRunView> before, Optional<Rehearsal.Step> now, Map<String, String> refusals) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Optional<Gave> then =
                before.filter(task -> task.finishedAt().isPresent()).map(task -> new Gave(task.output(), task.error()));
        Optional<Gave> today = now.flatMap(Rehearsal.Step::run)
                .filter(run -> !run.isPending())
                .map(run -> new Gave(run.outputJson(), run.error()));
        fields.put("dotId", name);
        fields.put(
                "type",
                now.map(step -> step.task().type())
                        .or(() -> before.map(TaskRunView::type))
                        .orElse(""));
        fields.put("before", then.orElse(null));
        fields.put("now", today.orElse(null));
        fields.put("same", Objects.equals(then, today));
        fields.put("milliseconds", now.map(step -> step.took().toMillis()).orElse(0L));
        fields.put(
                "transaction",
                now.flatMap(Rehearsal.Step::transaction)
                        .map(tried -> TrialTexts.transaction(tried, refusals.get(name)))
                        .orElse(null));
        return fields;
    }
}
