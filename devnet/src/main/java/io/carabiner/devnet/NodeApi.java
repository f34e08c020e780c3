package io.carabiner.devnet;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node's HTTP API as its users have it: log in, look at keys, create a job, see why a run failed. */
public final class NodeApi implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int PAGE_SIZE = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI node;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(TIMEOUT)
            .build();

    private NodeApi(URI node) {
        this.node = node;
    }

    /** Logs in. */
    public static NodeApi login(URI node, Login login) {
        NodeApi api = new NodeApi(node);
        api.post("/sessions", Map.of("email", login.mail(), "password", login.password()));
        return api;
    }

    /** The node's first key that may send on this chain. */
    public Address key(ChainId chain) {
        return StreamSupport.stream(get("/v2/keys/evm").get("data").spliterator(), false)
                .map(key -> key.get("attributes"))
                .filter(key -> key.get("evmChainID").asString().equals(chain.toString()))
                .filter(key -> !key.get("disabled").asBoolean())
                .map(key -> Eip55.parse(key.get("address").asString()))
                .findFirst()
                .orElseThrow(() -> new DevnetException(
                        "NODE_KEY", "The node has no key for chain " + chain + ": start anew with --reset."));
    }

    /** A new key for a chain. */
    public Address createKey(ChainId chain) {
        JsonNode key = post("/v2/keys/evm?evmChainID=" + chain, Map.of()).get("data");
        return Eip55.parse(key.get("attributes").get("address").asString());
    }

    /** Creates the job unless it is there. */
    public void ensureJob(UUID externalJobId, String toml) {
        if (!hasJob(externalJobId)) {
            post("/v2/jobs", Map.of("toml", toml));
        }
    }

    private boolean hasJob(UUID externalJobId) {
        for (int page = 1; ; page++) {
            JsonNode jobs = get("/v2/jobs?page=" + page + "&size=" + PAGE_SIZE).get("data");
            if (StreamSupport.stream(jobs.spliterator(), false).anyMatch(job -> job.get("attributes")
                    .path("externalJobID")
                    .asString("")
                    .equals(externalJobId.toString()))) {
                return true;
            }
            if (jobs.size() < PAGE_SIZE) {
                return false;
            }
        }
    }

    /** The newest run of any job. */
    Optional<NewestRun> newestRun() {
        JsonNode runs = get("/v2/pipeline/runs?size=1").get("data");
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        JsonNode run = runs.get(0);
        Optional<String> fault = StreamSupport.stream(
                        run.get("attributes").path("allErrors").spliterator(), false)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .findFirst();
        return Optional.of(new NewestRun(Long.parseLong(run.get("id").asString()), fault));
    }

    /** A run, and what it complains about first. */
    record NewestRun(long id, Optional<String> fault) {}

    /** What the node answers to a GET, logged in. */
    public JsonNode get(String path) {
        return send(HttpRequest.newBuilder(node.resolve(path))
                .timeout(TIMEOUT)
                .GET()
                .build());
    }

    /** What the node answers to a POST, logged in. */
    public JsonNode post(String path, Map<String, ?> body) {
        return send(HttpRequest.newBuilder(node.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    /** What the node answers to a DELETE, logged in; JSON null if that is nothing. */
    public JsonNode delete(String path) {
        return send(HttpRequest.newBuilder(node.resolve(path))
                .timeout(TIMEOUT)
                .DELETE()
                .build());
    }

    private JsonNode send(HttpRequest request) {
        String what = request.method() + " " + request.uri().getPath();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new DevnetException(
                        "NODE_REFUSED",
                        "The node answers " + what + " with " + response.statusCode() + ": " + response.body());
            }
            return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new DevnetException("NODE_ANSWER", "The node answers " + what + " with what is not JSON.", e);
        } catch (IOException e) {
            throw new DevnetException("NODE_UNREACHABLE", "The node does not answer " + what + " at " + node, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevnetException("INTERRUPTED", "Stopped while the node answers " + what, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
