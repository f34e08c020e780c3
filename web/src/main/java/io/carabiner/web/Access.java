package io.carabiner.web;

/** Who may call a route. */
sealed interface Access {

    /** Everybody. */
    Access ANYBODY = new Anybody();

    /** Who came with a session cookie; an API token is not enough. */
    Access SESSION = new Session();

    /** Everybody; who comes with a session cookie is known to the route. */
    Access SESSION_IF_ANY = new SessionIfAny();

    /** Who has at least this role, by cookie or by API token. */
    static Access role(Role needed) {
        return new WithRole(needed);
    }

    /** Who has at least this role, and external initiators. */
    static Access roleOrInitiator(Role needed) {
        return new WithRoleOrInitiator(needed);
    }

    /** Everybody. */
    record Anybody() implements Access {}

    /** Everybody; who comes with a session cookie is known to the route. */
    record SessionIfAny() implements Access {}

    /** Who came with a session cookie; an API token is not enough. */
    record Session() implements Access {}

    /** Who has at least this role, by cookie or by API token. */
    record WithRole(Role needed) implements Access {}

    /** Who has at least this role, and external initiators. */
    record WithRoleOrInitiator(Role needed) implements Access {}
}
