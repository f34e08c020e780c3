package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** The part of {@code config} that asks a running node: what it is set to, and its log. */
final class NodeConfigCommands {

    private static final String LOG = "/v2/log";

    private NodeConfigCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "config",
                "See, check and compare settings",
                Verb.of("show", "Show what the running node is set to, as TOML", context, NodeConfigCommands::show)
                        .flag("only what was set, without defaults", "user-only"),
                Verb.of("loglevel", "Change the level of the log", context, NodeConfigCommands::level)
                        .option("LEVEL", "debug, info, warn, error, panic or fatal", "level")
                        .example("carabiner config loglevel --level debug"),
                Verb.of(
                                "logsql",
                                "For scripts made for the Go node: there is no log of SQL",
                                context,
                                NodeConfigCommands::sql)
                        .flag("ask for the log of SQL", "enable")
                        .flag("switch it off", "disable"));
    }

    private static void show(Invocation call) {
        Map<String, String> query = Map.of("userOnly", String.valueOf(call.flag("user-only")));
        JsonNode config = call.node().get("/v2/config/v2" + Urls.query(query)).data();
        call.out().println(Output.attribute(config, "config"));
    }

    private static void level(Invocation call) {
        patch(call, Json.quote(call.option("level").orElse("")), "null");
    }

    private static void sql(Invocation call) {
        if (call.flag("enable") == call.flag("disable")) {
            throw CliException.failed("Must set logSql --enabled || --disable");
        }
        patch(call, "\"\"", String.valueOf(call.flag("enable")));
    }

    private static void patch(Invocation call, String level, String sql) {
        Answer answer = call.node().patch(LOG, "{\"level\":" + level + ",\"sqlEnabled\":" + sql + "}");
        Output.one(call, answer.data(), Identity.HIDDEN, NodeConfigCommands::table);
    }

    private static String table(JsonNode log) {
        JsonNode names = log.path("attributes").path("serviceName");
        JsonNode levels = log.path("attributes").path("logLevel");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(List.of(
                    log.path("id").asString(""),
                    names.path(i).asString(""),
                    levels.path(i).asString("")));
        }
        return BoxTable.render("ServiceLogConfig", List.of("ID", "Service", "LogLevel"), rows);
    }
}
