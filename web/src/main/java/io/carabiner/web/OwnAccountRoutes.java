package io.carabiner.web;

import io.carabiner.web.ApiTokens.Token;
import java.util.List;

/** What users do with their own account: password and API token (Go node 2.15, core/web/user_controller.go). */
final class OwnAccountRoutes {

    private final Accounts accounts;
    private final ApiTokens tokens;

    OwnAccountRoutes(Accounts accounts, ApiTokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        return List.of(
                Route.patch("/v2/user/password", view, this::changePassword),
                Route.post("/v2/user/token", view, this::createToken),
                Route.post("/v2/user/token/delete", view, this::deleteToken));
    }

    private Answer changePassword(Call call) {
        JsonBody body = call.json("web.UpdatePasswordRequest");
        String oldPassword = body.text("oldPassword");
        String newPassword = body.text("newPassword");
        User user = call.principal().user();
        SessionId session = call.principal()
                .session()
                .orElseThrow(() -> WebException.refused(500, "unable to get current session ID"));
        if (accounts.verify(user.email(), oldPassword).isEmpty()) {
            throw WebException.refused(409, "old password does not match");
        }
        return JsonApi.one(UserRoutes.resource(accounts.changePassword(user, newPassword, session)));
    }

    private Answer createToken(Call call) {
        Token token = tokens.create(verified(call));
        return JsonApi.one(201, new Resource("auth_tokens", token.accessKey(), token));
    }

    private Answer deleteToken(Call call) {
        tokens.delete(verified(call));
        return Answer.noContent();
    }

    private User verified(Call call) {
        String password = call.json("clsessions.ChangeAuthTokenRequest").text("password");
        User user = call.principal().user();
        return accounts.verify(user.email(), password)
                .orElseThrow(() -> WebException.refused(401, "incorrect password"));
    }
}
