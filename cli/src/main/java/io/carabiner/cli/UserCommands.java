package io.carabiner.cli;

import io.carabiner.cli.Output.Identity;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code admin users}: who may use the API. */
final class UserCommands {

    private static final String ROUTE = "/v2/users";
    private static final String ROLES = "admin, edit, run or view";

    private UserCommands() {}

    static CommandSpec group(Context context) {
        return Verb.group(
                "users",
                "See, make, change and delete users of the API",
                Verb.of("list", "List the users with their roles", context, UserCommands::list),
                Verb.of("create", "Make a user; asks for the password", context, UserCommands::create)
                        .required("ADDRESS", "mail address of the user", "email")
                        .required("ROLE", ROLES, "role")
                        .example("carabiner admin users create --email ops@example.com --role run"),
                Verb.of("chrole", "Change the role of a user", context, UserCommands::changeRole)
                        .required("ADDRESS", "mail address of the user", "email")
                        .required("ROLE", ROLES, "new-role", "newrole"),
                Verb.of("delete", "Delete a user", context, UserCommands::delete)
                        .required("ADDRESS", "mail address of the user", "email"));
    }

    private static void list(Invocation call) {
        JsonNode users = call.node().get(ROUTE + "/").data();
        Output.many(call, users, Identity.SHOWN, list -> "Users\n" + view(list) + "\n");
    }

    private static void create(Invocation call) {
        String email = call.option("email").orElse("");
        for (JsonNode user : call.node().get(ROUTE + "/").data()) {
            if (Output.attribute(user, "email").equalsIgnoreCase(email)) {
                call.out().println("user with email " + email + " already exists");
                throw CliException.silent();
            }
        }
        call.out().println("Password of new user:");
        String password = new Prompt(call.surroundings()).secret("Password:");
        Answer answer = call.node()
                .post(
                        ROUTE,
                        "{\"email\":" + Json.quote(email) + ",\"role\":"
                                + Json.quote(call.option("role").orElse("")) + ",\"password\":" + Json.quote(password)
                                + "}");
        showOne(call, answer, "Successfully created new API user\n");
    }

    private static void changeRole(Invocation call) {
        Answer answer = call.node()
                .patch(
                        ROUTE,
                        "{\"email\":" + Json.quote(call.option("email").orElse("")) + ",\"newRole\":"
                                + Json.quote(call.option("new-role").orElse("")) + "}");
        showOne(call, answer, "Successfully updated API user\n");
    }

    private static void delete(Invocation call) {
        Answer answer = call.node()
                .delete(ROUTE + "/" + Urls.segment(call.option("email").orElse("")));
        showOne(call, answer, "Successfully deleted API user\n");
    }

    private static void showOne(Invocation call, Answer answer, String said) {
        Output.one(call, answer.data(), Identity.SHOWN, user -> said + view(List.of(user)) + "\n");
    }

    private static String view(List<JsonNode> users) {
        return ListView.render(users.stream().map(UserCommands::entry).toList());
    }

    private static Map<String, String> entry(JsonNode user) {
        JsonNode attributes = user.path("attributes");
        return ListView.entry(
                "Email", Output.attribute(user, "email"),
                "Role", Output.attribute(user, "role"),
                "Has API token", Output.attribute(user, "hasActiveApiToken"),
                "Created at", GoTimes.full(attributes.path("createdAt")),
                "Updated at", GoTimes.full(attributes.path("updatedAt")));
    }
}
