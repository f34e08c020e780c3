package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code audit}: who changed what. The Go node's command line has no such group. */
final class AuditCommands {

    private AuditCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "audit",
                "See who changed what, and check that the log of it is whole",
                Verb.of("list", "List the entries of the audit log, the newest first", context, AuditCommands::list)
                        .number("which page to show, from 1", "page")
                        .example("carabiner audit list"),
                Verb.of("verify", "Check that no entry was changed or taken out", context, AuditCommands::verify)
                        .option("HASH", "the head that an earlier check gave; it must still be in the log", "head")
                        .example("carabiner audit verify"));
    }

    private static void list(Invocation call) {
        JsonNode entries = call.node().get("/v2/audit" + Output.pageQuery(call)).page();
        Output.many(call, entries, Identity.SHOWN, AuditCommands::table);
    }

    private static String table(List<JsonNode> entries) {
        return BoxTable.render(
                "Audit Log",
                List.of("ID", "At", "Event", "Who", "From", "What"),
                entries.stream().map(AuditCommands::row).toList());
    }

    private static List<String> row(JsonNode entry) {
        JsonNode fields = entry.path("attributes");
        JsonNode data = fields.path("data");
        return List.of(
                entry.path("id").asString(""),
                fields.path("at").asString(""),
                fields.path("eventId").asString(""),
                fields.path("actor").asString(""),
                fields.path("origin").asString(""),
                data.path("path").asString(data.path("email").asString("")));
    }

    private static void verify(Invocation call) {
        String head =
                call.option("head").map(hash -> "?head=" + Urls.segment(hash)).orElse("");
        JsonNode verdict = call.node().get("/v2/audit/verify" + head).data();
        Output.one(call, verdict, Identity.SHOWN, AuditCommands::words);
        if (!verdict.at("/attributes/intact").asBoolean()) {
            throw CliException.failed(verdict.at("/attributes/why").asString(""));
        }
    }

    private static String words(JsonNode verdict) {
        JsonNode fields = verdict.path("attributes");
        long entries = fields.path("entries").asLong();
        return fields.path("intact").asBoolean()
                ? "The audit log is whole: " + entries + " entries, head "
                        + fields.path("head").asString("")
                        + "\nKeep the head elsewhere and give it with --head next time: entries cut off at the end do"
                        + " not show otherwise.\n"
                : "The audit log was changed outside the node behind entry " + entries + ".\n";
    }
}
