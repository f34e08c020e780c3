package io.carabiner.web;

/**
 * One row of the API: what is called, who may, how often, and what answers.
 *
 * @param method upper case
 * @param template the path with {@code :name} for a part that varies, as in {@code /v2/jobs/:ID}
 */
record Route(String method, String template, Access access, Limit limit, RouteHandler handler) {

    /** Which buckets of requests a call takes from. */
    enum Limit {
        /** None: a scraper must get through. */
        NONE,
        /** {@code WebServer.RateLimit.Authenticated}, one bucket for all such routes. */
        API,
        /** As API, and {@code WebServer.RateLimit.Unauthenticated} for logging in. */
        LOGIN,
        /** Pages for people: 20 a minute. */
        PAGE
    }

    /** Answers a call that was let through. */
    @FunctionalInterface
    interface RouteHandler {
        Answer handle(Call call);
    }

    static Route get(String template, Access access, RouteHandler handler) {
        return new Route("GET", template, access, Limit.API, handler);
    }

    static Route post(String template, Access access, RouteHandler handler) {
        return new Route("POST", template, access, Limit.API, handler);
    }

    static Route patch(String template, Access access, RouteHandler handler) {
        return new Route("PATCH", template, access, Limit.API, handler);
    }

    static Route put(String template, Access access, RouteHandler handler) {
        return new Route("PUT", template, access, Limit.API, handler);
    }

    static Route delete(String template, Access access, RouteHandler handler) {
        return new Route("DELETE", template, access, Limit.API, handler);
    }

    Route limited(Limit other) {
        return new Route(method, template, access, other, handler);
    }
}
