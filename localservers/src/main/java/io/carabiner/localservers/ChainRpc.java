package io.carabiner.localservers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The smallest JSON-RPC client there is, for what a development chain is asked beside the node's own traffic:
 * deploying, funding, looking. Safe for use by many threads.
 *
 * @param url the chain's HTTP endpoint
 */
public record ChainRpc(URI url) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * One call; parameters are what Jackson can write.
     *
     * @throws LocalServerException with the code {@code CHAIN_RPC} where the chain answers with an error, and
     *     {@code CHAIN_UNREACHABLE} where it does not answer
     */
    public JsonNode call(String method, Object... params) {
        Map<String, Object> body = Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params));
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        try {
            return result(
                    method,
                    JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                            .body()));
        } catch (IOException e) {
            throw new LocalServerException(
                    "CHAIN_UNREACHABLE",
                    "The development chain does not answer at " + url + ": is it running (carabiner up)?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerException("INTERRUPTED", "Interrupted while the dev chain answers " + method, e);
        }
    }

    private static JsonNode result(String method, JsonNode answer) {
        if (answer.has("error")) {
            throw new LocalServerException(
                    "CHAIN_RPC",
                    method + ": " + answer.get("error").get("message").asString());
        }
        return answer.get("result");
    }
}
