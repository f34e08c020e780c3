package io.carabiner.web;

import io.carabiner.jobs.Runs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Shows the API the node's runs. */
record StoredRuns(Runs runs) implements RunCatalogue {

    @Override
    public Listing<RunView> list(OptionalInt jobId, int offset, int limit) {
        io.carabiner.jobs.Page<io.carabiner.jobs.RunView> page = runs.list(jobId, offset, limit);
        return new Listing<>(page.items().stream().map(StoredRuns::view).toList(), page.total());
    }

    @Override
    public Optional<RunView> find(long id) {
        return runs.find(id).map(StoredRuns::view);
    }

    private static RunView view(io.carabiner.jobs.RunView run) {
        return new RunView(
                run.id(),
                run.jobId(),
                run.jobId(),
                run.dotDagSource(),
                run.outputs().flatMap(RunTexts::outputs),
                run.fatalErrors().map(RunTexts::errors),
                run.allErrors().map(RunTexts::errors).orElse(List.of()).stream()
                        .flatMap(Optional::stream)
                        .toList(),
                RunTexts.verbatim(run.inputs()),
                run.taskRuns().stream()
                        .map(task -> new TaskRunView(
                                task.type(),
                                task.createdAt(),
                                task.finishedAt(),
                                task.output(),
                                task.error(),
                                task.dotId()))
                        .toList(),
                run.createdAt(),
                run.finishedAt());
    }
}
