package io.carabiner.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code jobs test}: runs a job that is not made, and shows what each task was given and made of it. */
final class JobTestCommand {

    /** How much of a value the text shows; {@code --json} shows all. */
    static final int VALUE_COLUMNS = 160;

    private JobTestCommand() {}

    static Verb verb(Context context) {
        return Verb.of(
                        "test",
                        "Run a job's tasks once without creating or sending anything",
                        context,
                        JobTestCommand::run)
                .arguments("TOML|FILE", "the specification itself, or the file that holds it")
                .option("tx:HASH", "begin with the request that this transaction made", "request")
                .option("FILE", "begin with these variables, a JSON object", "vars")
                .option("FILE", "begin with this event, a JSON object as eth_getLogs gives it", "log")
                .example(
                        "carabiner jobs test job.toml --request tx:0x6a1f…",
                        "carabiner --json jobs test job.toml --vars vars.json");
    }

    private static void run(Invocation call) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put(
                "toml", JobCommands.specification(call.surroundings(), call.argument("must pass in TOML or filepath")));
        call.option("request").ifPresent(hash -> body.put("request", hash));
        for (String name : List.of("vars", "log")) {
            call.option(name).ifPresent(file -> body.set(name, json(call, name, file)));
        }
        Answer answer = call.node().post("/v2/jobs/test", body.toString());
        if (answer.status() != 401 && answer.status() != 403 && answer.isRefused()) {
            throw CliException.failed(String.join("\n", reasons(answer)));
        }
        JsonNode report = answer.data();
        Output.one(call, report, Output.Identity.HIDDEN, JobTestCommand::view);
        if (!Output.attribute(report, "state").equals("completed") || guardRefuses(report)) {
            throw CliException.silent();
        }
    }

    /** Whether a transaction would go through and the node would not send it. */
    static boolean guardRefuses(JsonNode report) {
        return report.at("/attributes/tasks").valueStream().anyMatch(task -> task.at("/transaction/guardRefuses")
                .isString());
    }

    private static List<String> reasons(Answer answer) {
        List<String> each = answer.json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("detail").asString(""))
                .toList();
        return each.isEmpty() ? List.of(answer.refusal()) : each;
    }

    private static JsonNode json(Invocation call, String option, String file) {
        try {
            return Json.read(Files.readString(call.surroundings().resolve(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", file, e));
        } catch (JacksonException e) {
            throw CliException.failed("--" + option + " " + file + " is not JSON: " + e.getOriginalMessage());
        }
    }

    private static String view(JsonNode report) {
        JsonNode attributes = report.path("attributes");
        StringBuilder text =
                new StringBuilder("Dry run of " + attributes.path("type").asString("") + " job "
                        + Json.quote(attributes.path("name").asString("")) + ": "
                        + attributes.path("state").asString("") + "\n");
        attributes.path("tasks").forEach(task -> task(text, task));
        if (!attributes.path("findings").isEmpty()) {
            text.append("\nLook at\n");
            attributes.path("findings").forEach(finding -> text.append("  ")
                    .append(finding(finding))
                    .append('\n'));
        }
        return text.append("\nNothing was stored or sent.\n").toString();
    }

    private static String finding(JsonNode finding) {
        String message = finding.path("message").asString("");
        return finding.path("line").isNumber()
                ? "line " + finding.path("line") + ", column " + finding.path("column") + ": " + message
                : message;
    }

    private static void task(StringBuilder text, JsonNode task) {
        text.append("\n%s  %s  %s  %s ms%n"
                .formatted(
                        task.path("dotId").asString(""),
                        task.path("type").asString(""),
                        task.path("state").asString(""),
                        task.path("milliseconds").asString("0")));
        task.path("input").propertyStream().forEach(input -> line(text, input.getKey(), input.getValue()));
        task.path("results").forEach(result -> {
            if (!result.asString("").equals("null")) {
                line(text, "after", result);
            }
        });
        line(text, "→ output", task.path("output"));
        error(text, task.path("error"));
        transaction(text, task.path("transaction"));
    }

    private static void transaction(StringBuilder text, JsonNode transaction) {
        if (!transaction.isObject()) {
            return;
        }
        text.append("    would send on chain ")
                .append(transaction.path("evmChainID").asString(""))
                .append('\n');
        line(text, "  from", transaction.path("from"));
        line(text, "  to", transaction.path("to"));
        text.append("      calldata  ")
                .append(transaction.path("data").asString(""))
                .append('\n');
        line(text, "  gas limit", transaction.path("gasLimit"));
        line(text, "  gas estimate", transaction.path("gasEstimate"));
        line(text, "  returns", transaction.path("returned"));
        if (transaction.path("consumerRefuses").asBoolean(false)) {
            text.append("      the consumer's callback would fail: the Operator is paid and the answer is lost\n");
        }
        line(text, "  would fail", transaction.path("revertReason"));
        line(text, "  would not be sent", transaction.path("guardRefuses"));
    }

    /** What went wrong on one line, whole: its end may be what helps. Nothing for null. */
    static void error(StringBuilder text, JsonNode error) {
        line(text, "→ error", error, Integer.MAX_VALUE);
    }

    /** One value on one line, with as much of it as fits; nothing for null. */
    static void line(StringBuilder text, String label, JsonNode value) {
        line(text, label, value, VALUE_COLUMNS);
    }

    private static void line(StringBuilder text, String label, JsonNode value, int columns) {
        Optional.of(value)
                .filter(node -> !node.isNull() && !node.isMissingNode())
                .map(node -> node.asString("").replaceAll("\\s+", " ").strip())
                .ifPresent(shown -> text.append("    ")
                        .append(label)
                        .append("  ")
                        .append(shortened(shown, columns))
                        .append('\n'));
    }

    /** A value with as much of it as fits. */
    static String shortened(String value) {
        return shortened(value, VALUE_COLUMNS);
    }

    private static String shortened(String value, int columns) {
        return value.length() <= columns
                ? value
                : value.substring(0, columns) + "… (" + value.length() + " characters)";
    }
}
