package io.carabiner.web;

import java.time.Instant;
import java.util.List;

/** Users, by administrators (Go node 2.15, core/web/user_controller.go). */
final class UserRoutes {

    private static final String OPTIONS = "possible options are 'admin', 'edit', 'run', 'view'";

    /**
     * The fields of a user.
     *
     * @param hasActiveApiToken a text: "true" or "false"
     */
    record UserAttributes(String email, String role, String hasActiveApiToken, Instant createdAt, Instant updatedAt) {}

    private final Accounts accounts;

    UserRoutes(Accounts accounts) {
        this.accounts = accounts;
    }

    List<Route> routes() {
        Access admin = Access.role(Role.ADMIN);
        return List.of(
                Route.get("/v2/users", admin, this::list),
                Route.post("/v2/users", admin, this::create),
                Route.patch("/v2/users", admin, this::changeRole),
                Route.delete("/v2/users/:email", admin, this::delete));
    }

    static Resource resource(User user) {
        return new Resource(
                "users",
                user.email(),
                new UserAttributes(
                        user.email(),
                        user.role().word(),
                        String.valueOf(user.hasActiveApiToken()),
                        user.createdAt(),
                        user.updatedAt()));
    }

    private Answer list(Call call) {
        return JsonApi.list(
                200, accounts.users().stream().map(UserRoutes::resource).toList());
    }

    private Answer create(Call call) {
        JsonBody body = call.json("web.newUserRequest");
        String email = body.text("email");
        String password = body.text("password");
        String word = body.text("role");
        Role role = Role.ofWord(word)
                .orElseThrow(() -> WebException.refused(
                        400, "Invalid role: " + word + ". Allowed roles: 'admin', 'edit', 'run', 'view'."));
        return JsonApi.one(resource(accounts.create(email, password, role)));
    }

    private Answer changeRole(Call call) {
        JsonBody body = call.json("web.updateUserRequest");
        String email = body.text("email");
        String word = body.text("newRole");
        refuseIf(email.isEmpty(), "email flag is empty, must specify an email");
        refuseIf(word.isEmpty(), "new-role flag is empty, must specify a new role, " + OPTIONS);
        refuseIf(isCaller(call, email), "can not change state or permissions of current admin user");
        Role role =
                Role.ofWord(word).orElseThrow(() -> WebException.refused(400, "new role does not exist, " + OPTIONS));
        User user = accounts.find(email)
                .orElseThrow(() ->
                        WebException.refused(500, "error updating API user: no matching user for provided email"));
        return JsonApi.one(resource(accounts.changeRole(user, role)));
    }

    private Answer delete(Call call) {
        String email = call.parameter("email");
        refuseIf(isCaller(call, email), "can not delete currently logged in admin user");
        User user =
                accounts.find(email).orElseThrow(() -> WebException.refused(400, "specified user not found: " + email));
        accounts.delete(user);
        return JsonApi.one(resource(user));
    }

    private static boolean isCaller(Call call, String email) {
        return call.principal().user().email().equalsIgnoreCase(email);
    }

    private static void refuseIf(boolean wrong, String why) {
        if (wrong) {
            throw WebException.refused(400, why);
        }
    }
}
