package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code initiators}: the programs that may start webhook jobs. */
final class InitiatorCommands {

    private static final String CREATE_ARGUMENTS = "create expects 1 - 2 arguments: a name and a url (optional)";

    private InitiatorCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "initiators",
                "See, create and remove external initiators",
                Verb.of("list", "List the external initiators", context, InitiatorCommands::list)
                        .number("which page to show, from 1", "page"),
                Verb.of("create", "Create an external initiator and its keys", context, InitiatorCommands::create)
                        .arguments("NAME [URL]", "its name, and where it is told of jobs")
                        .example("carabiner initiators create weather http://localhost:8080/jobs"),
                Verb.of(
                                "destroy",
                                "Remove an external initiator that no job names",
                                context,
                                InitiatorCommands::destroy)
                        .arguments("NAME", "the initiator's name"));
    }

    private static void list(Invocation call) {
        JsonNode initiators = call.node()
                .get("/v2/external_initiators" + Output.pageQuery(call))
                .page();
        Output.many(call, initiators, Identity.SHOWN, InitiatorCommands::table);
    }

    private static void create(Invocation call) {
        List<String> arguments = call.arguments();
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw CliException.failed(CREATE_ARGUMENTS);
        }
        String url = arguments.size() == 1 ? "" : ",\"url\":" + Json.quote(checked(arguments.get(1)));
        JsonNode made = call.node()
                .post("/v2/external_initiators", "{\"name\":" + Json.quote(arguments.getFirst()) + url + "}")
                .data();
        Output.one(call, made, Identity.HIDDEN, InitiatorCommands::credentials);
    }

    private static String checked(String url) {
        try {
            if (new URI(url).isAbsolute() || url.startsWith("/")) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw noUrl(url);
        }
        throw noUrl(url);
    }

    private static CliException noUrl(String url) {
        return CliException.failed("parse \"" + url + "\": invalid URI for request");
    }

    private static void destroy(Invocation call) {
        String name = call.argument("Must pass the name of the external initiator to delete");
        Answer answer = call.node().delete("/v2/external_initiators/" + Urls.segment(name));
        if (answer.isRefused()) {
            throw CliException.failed(answer.refusal());
        }
    }

    private static String credentials(JsonNode made) {
        return BoxTable.render(
                "External Initiator Credentials:",
                List.of("Name", "URL", "AccessKey", "Secret", "OutgoingToken", "OutgoingSecret"),
                List.of(List.of(
                        Output.attribute(made, "name"),
                        Output.attribute(made, "url"),
                        Output.attribute(made, "incomingAccessKey"),
                        Output.attribute(made, "incomingSecret"),
                        Output.attribute(made, "outgoingToken"),
                        Output.attribute(made, "outgoingSecret"))));
    }

    private static String table(List<JsonNode> initiators) {
        List<List<String>> rows = initiators.stream()
                .map(one -> List.of(
                        one.path("id").asString(""),
                        Output.attribute(one, "name"),
                        Output.attribute(one, "url"),
                        Output.attribute(one, "accessKey"),
                        Output.attribute(one, "outgoingToken"),
                        GoTimes.full(one.at("/attributes/createdAt")),
                        GoTimes.full(one.at("/attributes/updatedAt"))))
                .toList();
        return BoxTable.render(
                "External Initiators:",
                List.of("ID", "Name", "URL", "AccessKey", "OutgoingToken", "CreatedAt", "UpdatedAt"),
                rows);
    }
}
