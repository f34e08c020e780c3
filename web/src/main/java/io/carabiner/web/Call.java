package io.carabiner.web;

import io.carabiner.primitives.Bytes;
import io.carabiner.web.RouteTable.Match;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let through, as a route sees it.
 *
 * @param path as it was written, without the query
 * @param queries the parameters of the query, decoded
 * @param headers by lower-case name, the first of each
 * @param origin the address that called
 * @param caller who calls; null on routes for anybody
 */
record Call(
        Match match,
        String path,
        Map<String, List<String>> queries,
        Map<String, String> headers,
        Bytes body,
        String origin,
        @Nullable Caller caller) {

    /** A part of the path. */
    String parameter(String name) {
        String value = match.parameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException(match.route().template() + " has no :" + name);
        }
        return value;
    }

    /** A parameter of the query; empty if it is absent. */
    String query(String name) {
        List<String> values = queries.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    /** A header; empty if it is absent. */
    String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /** The user who calls, on a route that is for users only. */
    Principal principal() {
        if (caller instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException(match.route().template() + " is for others than users too");
    }

    /**
     * The body as a JSON object.
     *
     * @param goType the Go node's name of what is read, which stands in its errors
     * @throws WebException 422 if it is not JSON, or not an object
     */
    JsonBody json(String goType) {
        return JsonBody.parse(body.toArray(), goType);
    }
}
