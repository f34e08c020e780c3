package io.carabiner.node;

import io.carabiner.jobs.Runs;
import io.carabiner.web.Listing;
import io.carabiner.web.RunCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows the API the node's runs. */
record ApiRuns(Runs runs) implements RunCatalogue {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Listing<RunView> list(OptionalInt jobId, int offset, int limit) {
        io.carabiner.jobs.Page<io.carabiner.jobs.RunView> page = runs.list(jobId, offset, limit);
        return new Listing<>(page.items().stream().map(ApiRuns::view).toList(), page.total());
    }

    @Override
    public Optional<RunView> find(long id) {
        return runs.find(id).map(ApiRuns::view);
    }

    private static RunView view(io.carabiner.jobs.RunView run) {
        return new RunView(
                run.id(),
                run.jobId(),
                run.jobId(),
                run.dotDagSource(),
                run.outputs().map(ApiRuns::texts),
                run.fatalErrors().map(ApiRuns::texts),
                run.allErrors().map(ApiRuns::texts).orElse(List.of()).stream()
                        .flatMap(Optional::stream)
                        .toList(),
                JSON.readTree(run.inputs()),
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

    /** Each element of a JSON array as the Go node shows it: a text as it is, null as nothing, the rest as JSON. */
    private static List<Optional<String>> texts(String jsonArray) {
        List<Optional<String>> texts = new ArrayList<>();
        for (JsonNode element : JSON.readTree(jsonArray)) {
            texts.add(element.isNull() ? Optional.empty() : Optional.of(text(element)));
        }
        return texts;
    }

    private static String text(JsonNode element) {
        return element.isString() ? element.stringValue() : element.toString();
    }
}
