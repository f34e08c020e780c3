package io.carabiner.web;

import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Shape;
import io.carabiner.web.ApiTokens.Token;
import java.util.List;
import java.util.Optional;

/** The caller's own account over GraphQL (Go node 2.31, core/web/resolver). */
final class AccountQueries {

    private final Accounts accounts;
    private final ApiTokens tokens;

    AccountQueries(Accounts accounts, ApiTokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    void addTo(QueryFields fields) {
        fields.own("createAPIToken", this::createToken);
        fields.own("deleteAPIToken", this::deleteToken);
        fields.own("updateUserPassword", this::changePassword);
    }

    private Shape createToken(Arguments arguments, Asker asker) {
        if (verified(asker.principal(), arguments.input().text("password")).isEmpty()) {
            return wrongPassword();
        }
        Token token = tokens.create(asker.principal().user());
        return Shape.of("CreateAPITokenSuccess")
                .with(
                        "token",
                        Shape.of("APIToken")
                                .with("accessKey", token.accessKey())
                                .with("secret", token.secret()));
    }

    private Shape deleteToken(Arguments arguments, Asker asker) {
        if (verified(asker.principal(), arguments.input().text("password")).isEmpty()) {
            return wrongPassword();
        }
        tokens.delete(asker.principal().user());
        return Shape.of("DeleteAPITokenSuccess")
                .with("token", Shape.of("DeleteAPITokenResult").with("accessKey", ""));
    }

    private Optional<User> verified(Principal caller, String password) {
        return accounts.verify(caller.user().email(), password);
    }

    private static Shape wrongPassword() {
        return QueryFields.inputErrors("password", List.of("incorrect password"));
    }

    private Shape changePassword(Arguments arguments, Asker asker) {
        Arguments input = arguments.input();
        if (verified(asker.principal(), input.text("oldPassword")).isEmpty()) {
            return QueryFields.inputErrors("oldPassword", List.of("old password does not match"));
        }
        try {
            User user = accounts.changePassword(
                    asker.principal().user(),
                    input.text("newPassword"),
                    asker.principal().session().orElseThrow());
            return Shape.of("UpdatePasswordSuccess")
                    .with("user", Shape.of("User").with("email", user.email()).with("createdAt", user.createdAt()));
        } catch (WebException e) {
            return QueryFields.inputErrors("newPassword", e.details());
        }
    }
}
