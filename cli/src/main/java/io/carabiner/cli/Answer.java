package io.carabiner.cli;

import io.carabiner.primitives.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What the node answered.
 *
 * @param status of HTTP
 * @param headers the first value of each, names in lower case
 * @param body as it came
 */
record Answer(int status, Map<String, String> headers, Bytes body) {

    private static final String UNAUTHORIZED = "Unauthorized; your credentials may be missing, invalid or you may need"
            + " to login first using the CLI via 'chainlink admin login'";

    private static final Map<Integer, String> STATUS_WORDS = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Request Entity Too Large"),
            Map.entry(422, "Unprocessable Entity"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    String text() {
        return new String(body.toArray(), StandardCharsets.UTF_8);
    }

    boolean isRefused() {
        return status >= 400;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Why it was refused, as the Go node's command line puts it. */
    String refusal() {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> forbidden();
            default -> details();
        };
    }

    private String forbidden() {
        if (header("forbidden-required-role").isEmpty()) {
            return details();
        }
        String role = header("forbidden-required-role").orElse("");
        return "Forbidden; this action requires " + role + " privileges. The current user "
                + header("forbidden-provided-email").orElse("") + " has '"
                + header("forbidden-provided-role").orElse("") + "' role and cannot perform this action, login with a"
                + " user that has '" + role + "' role via 'chainlink admin login'";
    }

    /** The reasons in the body; without any, the body or the status itself. */
    String details() {
        String reasons = json().path("errors")
                .valueStream()
                .map(error -> error.path("detail").asString(""))
                .collect(Collectors.joining(","));
        if (!reasons.isEmpty()) {
            return reasons;
        }
        return text().isBlank() ? statusLine() : text().strip();
    }

    /** As {@code status 500 "Internal Server Error": body}. */
    String statusAndBody() {
        return "status " + status + " \"" + STATUS_WORDS.getOrDefault(status, "") + "\": " + text();
    }

    private String statusLine() {
        return (status + " " + STATUS_WORDS.getOrDefault(status, "")).strip();
    }

    /** The body as JSON; a missing node if it is none. */
    JsonNode json() {
        try {
            return Json.read(text());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * The {@code data} of the body.
     *
     * @throws CliException if the node refused, or this is not an answer of a node
     */
    JsonNode data() {
        if (isRefused()) {
            throw CliException.failed("parseResponse error: " + refusal());
        }
        return dataOfSuccess();
    }

    /** The same for lists, for which the Go node words a refusal differently. */
    JsonNode page() {
        if (isRefused()) {
            throw CliException.appFailed("parseResponse error: " + refusal());
        }
        return dataOfSuccess();
    }

    private JsonNode dataOfSuccess() {
        JsonNode data = json().path("data");
        if (data.isMissingNode()) {
            throw CliException.failed("the answer is not that of a node (status " + status
                    + " without data): check the address given with --remote-node-url");
        }
        return data;
    }
}
