package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code jobs}: what the node works on. */
final class JobCommands {

    private static final List<String> HEADINGS = List.of("ID", "Name", "Type", "Tasks", "Created At");

    private JobCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "jobs",
                "See, create, delete and run jobs",
                Verb.of("list", "List the jobs, the newest first", context, JobCommands::list)
                        .number("which page to show, from 1", "page"),
                Verb.of("show", "Show one job", context, JobCommands::show)
                        .arguments("ID", "the job's number or external id"),
                Verb.of("create", "Create a job from its TOML specification", context, JobCommands::create)
                        .arguments("TOML|FILE", "the specification itself, or the file that holds it")
                        .example("carabiner jobs create job.toml"),
                JobTestCommand.verb(context),
                JobLintCommand.verb(context),
                ApplyCommand.verb(context),
                JobChangeCommands.update(context),
                JobChangeCommands.history(context),
                JobChangeCommands.rollback(context),
                JobChangeCommands.pause(context),
                JobChangeCommands.resume(context),
                Verb.of("delete", "Delete a job and its runs", context, JobCommands::delete)
                        .arguments("ID", "the job's number"),
                Verb.of("run", "Start one run of a job now", context, JobCommands::run)
                        .arguments("ID", "the job's external id"));
    }

    private static void list(Invocation call) {
        JsonNode jobs = call.node().get("/v2/jobs" + Output.pageQuery(call)).page();
        Output.many(call, jobs, Identity.SHOWN, list -> table("Jobs (V2)", list));
    }

    private static void show(Invocation call) {
        String id = call.argument("must provide the id of the job");
        JsonNode job = call.node().get("/v2/jobs/" + Urls.segment(id)).data();
        Output.one(call, job, Identity.SHOWN, one -> table("Jobs", List.of(one)) + standing(one));
    }

    /** What differs from a job that was made and let work; nothing for such a one. */
    private static String standing(JsonNode job) {
        String id = job.path("id").asString("");
        String paused = job.at("/meta/paused").asBoolean(false)
                ? "The job is paused and makes no runs: 'jobs resume " + id + "' lets it go on\n"
                : "";
        return job.at("/meta/version").isNumber()
                ? paused + "Version " + job.at("/meta/version") + " of its spec: see 'jobs history " + id + "'\n"
                : paused;
    }

    private static void create(Invocation call) {
        String toml = specification(call.surroundings(), call.argument("must pass in TOML or filepath"));
        Answer answer = call.node().post("/v2/jobs", "{\"toml\":" + Json.quote(toml) + "}");
        if (answer.status() == 401 || answer.status() == 403) {
            answer.data();
        }
        if (answer.isRefused()) {
            call.out().println("Response: '" + answer.text() + "', Status: " + answer.status());
            throw CliException.silent();
        }
        Output.one(call, answer.data(), Identity.SHOWN, job -> "Job created\n" + table("Jobs", List.of(job)));
    }

    /** A file of this name, or else the text itself, which has at least one equals sign. */
    static String specification(Surroundings surroundings, String argument) {
        Optional<Path> file = file(surroundings, argument);
        if (file.isPresent()) {
            try {
                return Files.readString(file.get(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw CliException.failed(OwnerFiles.describe("open", argument, e));
            }
        }
        if (!argument.contains("=")) {
            throw CliException.failed("invalid TOML or file not found '" + argument + "'");
        }
        return argument;
    }

    private static Optional<Path> file(Surroundings surroundings, String argument) {
        if (argument.contains("\n")) {
            return Optional.empty();
        }
        try {
            return Optional.of(surroundings.resolve(argument)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static void delete(Invocation call) {
        String id = call.argument("must pass the job id to be archived");
        Answer answer = call.node().delete("/v2/jobs/" + Urls.segment(id));
        if (answer.isRefused()) {
            throw CliException.failed(answer.refusal());
        }
        call.out().println("Job " + id + " Deleted");
    }

    private static void run(Invocation call) {
        String id = call.argument("Must pass the job id to trigger a run");
        JsonNode run =
                call.node().post("/v2/jobs/" + Urls.segment(id) + "/runs", "").data();
        Output.one(
                call,
                run,
                Identity.HIDDEN,
                one -> "Pipeline run successfully triggered\n" + RunCommands.triggered(one));
    }

    /** One line a task. */
    static String table(String title, List<JsonNode> jobs) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode job : jobs) {
            String dot = job.at("/attributes/pipelineSpec/dotDagSource").asString("");
            List<String> tasks = TaskNames.of(dot);
            for (String task : tasks.isEmpty() ? List.of("") : tasks) {
                rows.add(List.of(
                        job.path("id").asString(""), name(job), Output.attribute(job, "type"), task, createdAt(job)));
            }
        }
        return BoxTable.renderMerged(title, HEADINGS, rows);
    }

    private static String name(JsonNode job) {
        String name = Output.attribute(job, "name");
        return job.at("/meta/paused").asBoolean(false) ? (name + " (paused)").strip() : name;
    }

    /** That of the one part of the specification which belongs to the job's type. */
    private static String createdAt(JsonNode job) {
        return job.path("attributes")
                .propertyStream()
                .filter(member -> member.getKey().endsWith("Spec"))
                .map(member -> member.getValue().path("createdAt"))
                .filter(JsonNode::isString)
                .map(GoTimes::seconds)
                .findFirst()
                .orElse("N/A");
    }
}
