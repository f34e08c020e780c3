package io.carabiner.cli;

import io.carabiner.cli.ApplyPlan.Located;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@code jobs lint}: looks at a specification and runs nothing. */
final class JobLintCommand {

    private JobLintCommand() {}

    static Verb verb(Context context) {
        return Verb.of(
                        "lint",
                        "Look for mistakes in a job's specification, and run nothing",
                        context,
                        JobLintCommand::run)
                .arguments("TOML|FILE", "the specification itself, or the file that holds it")
                .example("carabiner jobs lint job.toml");
    }

    /** A job that cannot be made is a failure; what only looks wrong is not. */
    private static void run(Invocation call) {
        String argument = call.argument("must pass in TOML or filepath");
        String toml = JobCommands.specification(call.surroundings(), argument);
        String name = argument.equals(toml) ? "TOML" : argument;
        JsonNode report = call.node()
                .post("/v2/jobs/lint", "{\"toml\":" + Json.quote(toml) + "}")
                .data();
        Output.one(call, report, Output.Identity.HIDDEN, one -> view(name, one.path("attributes")));
        if (!report.at("/attributes/faults").isEmpty()) {
            throw CliException.silent();
        }
    }

    private static String view(String name, JsonNode report) {
        List<String> lines = Stream.concat(
                        located(name, report.path("faults")).stream().map(Located::toString),
                        located(name, report.path("findings")).stream().map(finding -> "look at " + finding))
                .toList();
        return lines.isEmpty() ? "Nothing was found.\n" : String.join("\n", lines) + "\n";
    }

    static List<Located> located(String file, JsonNode faults) {
        return faults.valueStream()
                .map(fault -> new Located(
                        file,
                        fault.path("line").asInt(0),
                        fault.path("column").asInt(0),
                        fault.path("message").asString("")))
                .toList();
    }

    /** A text that is there; null counts as missing. */
    static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
