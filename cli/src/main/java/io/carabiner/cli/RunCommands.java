package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code runs}: what the jobs did. The Go node's command line has no such group. */
final class RunCommands {

    /** The API finds a run by its own number, whatever job stands before it. */
    private static final String ANY_JOB = "/v2/jobs/0";

    private RunCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "runs",
                "See what the jobs did",
                Verb.of("list", "List the runs, the newest first", context, RunCommands::list)
                        .option("ID", "only the runs of this job, given by its number", "job")
                        .number("which page to show, from 1", "page")
                        .example("carabiner runs list --job 1"),
                Verb.of("show", "Show one run with its tasks", context, RunCommands::show)
                        .arguments("ID", "the run's number"),
                Verb.of(
                                "retry",
                                "Run a failed run once more; never answers a request twice",
                                context,
                                RunCommands::retry)
                        .arguments("ID", "the run's number"),
                ReplayCommand.verb(context),
                Verb.of("dead", "List the requests that will not be answered, and why", context, RunCommands::dead)
                        .number("which page to show, from 1", "page"));
    }

    private static void list(Invocation call) {
        String path = call.option("job")
                .map(job -> "/v2/jobs/" + Urls.segment(job) + "/runs")
                .orElse("/v2/pipeline/runs");
        JsonNode runs = call.node().get(path + Output.pageQuery(call)).page();
        Output.many(call, runs, Identity.SHOWN, RunCommands::table);
    }

    private static void show(Invocation call) {
        String id = call.argument("must provide the id of the run");
        JsonNode run = call.node().get(ANY_JOB + "/runs/" + Urls.segment(id)).data();
        Output.one(call, run, Identity.SHOWN, one -> table(List.of(one)) + tasks(one));
    }

    private static void retry(Invocation call) {
        String id = call.argument("must provide the id of the run");
        JsonNode run = call.node()
                .post("/v2/pipeline/runs/" + Urls.segment(id) + "/retry", "")
                .data();
        Output.one(
                call,
                run,
                Identity.SHOWN,
                one -> "Run " + id + " is retried as run " + one.path("id").asString("")
                        + ": see it with 'runs show'\n");
    }

    private static void dead(Invocation call) {
        JsonNode requests = call.node()
                .get("/v2/pipeline/runs/dead" + Output.pageQuery(call))
                .page();
        Output.many(call, requests, Identity.SHOWN, RunCommands::deadTable);
    }

    private static String deadTable(List<JsonNode> requests) {
        List<List<String>> rows = requests.stream()
                .map(one -> List.of(
                        Output.attribute(one, "jobID"),
                        Output.attribute(one, "runID"),
                        Output.attribute(one, "requestID"),
                        Output.attribute(one, "blockNumber"),
                        Output.attribute(one, "state"),
                        Output.attribute(one, "reason")))
                .toList();
        return BoxTable.render(
                "Requests that will not be answered",
                List.of("Job", "Run", "Request", "Block", "State", "Reason"),
                rows);
    }

    private static String table(List<JsonNode> runs) {
        List<List<String>> rows = runs.stream()
                .map(run -> List.of(
                        run.path("id").asString(""),
                        run.at("/attributes/pipelineSpec/jobID").asString(""),
                        state(run),
                        GoTimes.full(run.at("/attributes/createdAt")),
                        GoTimes.full(run.at("/attributes/finishedAt")),
                        texts(run.at("/attributes/outputs"))))
                .toList();
        return BoxTable.render(
                "Pipeline Runs", List.of("ID", "Job", "State", "Created At", "Finished At", "Outputs"), rows);
    }

    private static String state(JsonNode run) {
        if (run.at("/attributes/finishedAt").isNull()) {
            return "running";
        }
        boolean failed = run.at("/attributes/fatalErrors").valueStream().anyMatch(error -> !error.isNull());
        return failed ? "errored" : "completed";
    }

    /** A few lines a task: what a task gave can be long, and is shown whole by {@code --json} only. */
    private static String tasks(JsonNode run) {
        StringBuilder text = new StringBuilder();
        run.at("/attributes/taskRuns").forEach(task -> {
            text.append('\n')
                    .append(task.path("dotId").asString(""))
                    .append("  ")
                    .append(task.path("type").asString(""))
                    .append('\n');
            JobTestCommand.line(text, "→ output", task.path("output"));
            JobTestCommand.error(text, task.path("error"));
        });
        return text.toString();
    }

    private static String texts(JsonNode values) {
        return String.join(", ", values.valueStream().map(RunCommands::text).toList());
    }

    private static String text(JsonNode value) {
        return value.isContainer() ? Json.pretty(value) : value.asString("");
    }

    /** The run that was just started. */
    static String triggered(JsonNode run) {
        return BoxTable.render(
                "Pipeline Run",
                List.of("ID", "Created At", "Finished At"),
                List.of(List.of(
                        run.path("id").asString(""),
                        GoTimes.full(run.at("/attributes/createdAt")),
                        GoTimes.full(run.at("/attributes/finishedAt")))));
    }
}
