package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code runs replay}: what would come of a run with its job's present specification. */
final class ReplayCommand {

    private ReplayCommand() {}

    static Verb verb(Context context) {
        return Verb.of(
                        "replay",
                        "Try a run once more with its job's present specification",
                        context,
                        ReplayCommand::run)
                .arguments("ID", "the run's number")
                .example("carabiner runs replay 12");
    }

    private static void run(Invocation call) {
        String id = call.argument("must provide the id of the run");
        JsonNode replay = call.node()
                .post("/v2/pipeline/runs/" + Urls.segment(id) + "/replay", "")
                .data();
        Output.one(call, replay, Identity.HIDDEN, one -> view(id, one.path("attributes")));
        if (!Output.attribute(replay, "stateNow").equals("completed") || JobTestCommand.guardRefuses(replay)) {
            throw CliException.silent();
        }
    }

    private static String view(String id, JsonNode replay) {
        StringBuilder text = new StringBuilder("Run " + id + " of job " + replay.path("jobID") + ": "
                + replay.path("stateBefore").asString("") + " then, "
                + replay.path("stateNow").asString("") + " now"
                + (replay.path("specChanged").asBoolean(false) ? ", with a specification that was changed since" : "")
                + "\n");
        replay.path("tasks").forEach(task -> text.append(task(task)));
        return text.append("\nNothing was stored or sent.\n").toString();
    }

    private static String task(JsonNode task) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(task.path("dotId").asString("") + "  " + task.path("type").asString("") + "  "
                + task.path("milliseconds") + " ms" + (task.path("same").asBoolean(false) ? "  same" : ""));
        if (task.path("same").asBoolean(false)) {
            lines.add("    both  " + gave(task.path("now")));
        } else {
            lines.add("    then  " + gave(task.path("before")));
            lines.add("    now   " + gave(task.path("now")));
        }
        if (task.path("transaction").isObject()) {
            String refusal = task.at("/transaction/guardRefuses").asString("");
            if (!refusal.isEmpty()) {
                lines.add("    would not be sent  " + refusal);
            }
            lines.add("    would send  "
                    + JobTestCommand.shortened(task.at("/transaction/data").asString("")));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String gave(JsonNode gave) {
        if (!gave.isObject()) {
            return "—";
        }
        String error = gave.path("error").asString("");
        return error.isEmpty()
                ? JobTestCommand.shortened(onOneLine(gave.path("output").asString("null")))
                : "error: " + onOneLine(error);
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
