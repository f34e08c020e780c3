package io.carabiner.web;

import java.util.ArrayList;
import java.util.List;

/** The description of the API itself, for programs and for people. */
final class DocRoutes {

    private final List<Route> described;
    private final String version;

    /** Describes these routes and its own. */
    DocRoutes(List<Route> others, String version) {
        this.version = version;
        this.described = new ArrayList<>(others);
        this.described.addAll(routes());
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v2/openapi.json", Access.ANYBODY, call -> Answer.json(200, api().document())),
                Route.get(
                        "/api-docs",
                        Access.ANYBODY,
                        call -> Answer.of(200, Answer.HTML, ApiPage.html(described, api()))));
    }

    private OpenApi api() {
        return new OpenApi(described, version);
    }
}
