package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Verbs of {@code jobs} that change a stored job. The Go node's command line has none of them. */
final class JobChangeCommands {

    private static final String ID_MISSING = "must provide the number of the job";

    private JobChangeCommands() {}

    static Verb update(Context context) {
        return Verb.of("update", "Give a job another specification; its number and runs stay", context, call -> {
                    String id = call.argument(ID_MISSING);
                    if (call.arguments().size() < 2) {
                        throw CliException.failed("must pass in TOML or filepath behind the number of the job");
                    }
                    String toml = JobCommands.specification(
                            call.surroundings(), call.arguments().get(1));
                    show(call, call.node().put(path(id), "{\"toml\":" + Json.quote(toml) + "}"), "updated");
                })
                .arguments("ID TOML|FILE", "the job's number, and the specification or the file that holds it")
                .example("carabiner jobs update 3 job.toml");
    }

    static Verb history(Context context) {
        return Verb.of("history", "List the specifications that a job has and had", context, JobChangeCommands::history)
                .arguments("ID", "the job's number")
                .number("print the specification of this version, as it was written", "show")
                .example("carabiner jobs history 3 --show 1 > job.toml");
    }

    static Verb rollback(Context context) {
        return Verb.of(
                        "rollback",
                        "Give a job the specification that it had before",
                        context,
                        JobChangeCommands::rollback)
                .arguments("ID", "the job's number")
                .number("which version; the one before the present if left out", "to")
                .example("carabiner jobs rollback 3", "carabiner jobs rollback 3 --to 1");
    }

    static Verb pause(Context context) {
        return Verb.of("pause", "Let a job make no runs; requests on chain are kept for later", context, call -> {
                    String id = call.argument(ID_MISSING);
                    show(call, call.node().post(path(id) + "/pause", ""), "paused");
                })
                .arguments("ID", "the job's number");
    }

    static Verb resume(Context context) {
        return Verb.of("resume", "Let a paused job go on, first with the requests that wait", context, call -> {
                    String id = call.argument(ID_MISSING);
                    String body = call.flag("discard") ? "{\"discard\":true}" : "";
                    show(call, call.node().post(path(id) + "/resume", body), "resumed");
                })
                .arguments("ID", "the job's number")
                .flag("do not answer the requests that wait", "discard");
    }

    private static String path(String id) {
        return "/v2/jobs/" + Urls.segment(id);
    }

    private static void show(Invocation call, Answer answer, String done) {
        if (answer.isRefused()) {
            throw CliException.failed(answer.refusal());
        }
        Output.one(
                call,
                answer.data(),
                Identity.SHOWN,
                job -> "Job " + done + "\n" + JobCommands.table("Jobs", List.of(job)));
    }

    private static List<JsonNode> versions(Invocation call, String id) {
        Answer answer = call.node().get(path(id) + "/history");
        if (answer.isRefused()) {
            throw CliException.failed(answer.refusal());
        }
        return answer.data().valueStream().toList();
    }

    private static void history(Invocation call) {
        String id = call.argument(ID_MISSING);
        List<JsonNode> versions = versions(call, id);
        Optional<Long> shown = call.number("show");
        if (shown.isEmpty()) {
            JsonNode all = Json.read(versions.toString());
            Output.many(call, all, Identity.HIDDEN, JobChangeCommands::table);
            return;
        }
        String toml = versions.stream()
                .filter(version -> version.path("id").asString("").equals(String.valueOf(shown.get())))
                .map(version -> Output.attribute(version, "toml"))
                .findFirst()
                .orElseThrow(() -> CliException.failed("job " + id + " has no version " + shown.get()));
        call.out().print(toml.endsWith("\n") ? toml : toml + "\n");
    }

    private static String table(List<JsonNode> versions) {
        return BoxTable.render(
                "Versions",
                List.of("Version", "Since", "Present", "Lines", "Changed"),
                versions.stream()
                        .map(version -> List.of(
                                version.path("id").asString(""),
                                GoTimes.full(version.at("/attributes/since")),
                                version.at("/attributes/present").asBoolean(false) ? "yes" : "",
                                String.valueOf(Output.attribute(version, "toml")
                                        .lines()
                                        .count()),
                                changed(versions, version)))
                        .toList());
    }

    /** Lines that came and went with a version; nothing for the oldest. */
    private static String changed(List<JsonNode> versions, JsonNode version) {
        int before = versions.indexOf(version) + 1;
        return before == versions.size()
                ? ""
                : LineDiff.between(Output.attribute(versions.get(before), "toml"), Output.attribute(version, "toml"))
                        .summary();
    }

    private static void rollback(Invocation call) {
        String id = call.argument(ID_MISSING);
        long version = call.number("to").orElseGet(() -> before(call, id));
        Answer answer = call.node().post(path(id) + "/rollback", "{\"version\":" + version + "}");
        show(call, answer, "rolled back to version " + version);
    }

    private static long before(Invocation call, String id) {
        return versions(call, id).stream()
                .filter(version -> !version.at("/attributes/present").asBoolean(false))
                .map(version -> version.at("/attributes/version").asLong(0))
                .findFirst()
                .orElseThrow(() -> CliException.failed("job " + id + " has had no other specification"));
    }
}
