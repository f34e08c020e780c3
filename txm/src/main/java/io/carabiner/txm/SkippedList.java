package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scroll's service that tells which transactions its sequencer has skipped for good:
 * {@code AutoPurge.DetectionApiUrl}. Nothing is connected before it is first asked.
 */
final class SkippedList {

    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** No answer about a few transactions is longer. */
    static final int ANSWER_BYTES_MAX = 1 << 20;

    private static final String PATH = "/v1/sequencer/tx/skipped";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final URI base;
    private @Nullable HttpClient http;

    SkippedList(URI base) {
        this.base = base;
    }

    /**
     * Those of the transactions that will never be mined.
     *
     * @throws TxmException {@code DETECTION_API} if the service does not answer as it should
     */
    Set<Hash32> among(List<Hash32> hashes) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(base.toString().replaceFirst("/$", "") + PATH))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(
                            Map.of("txs", hashes.stream().map(Hash32::toString).toList()))))
                    .build();
            HttpResponse<InputStream> answer = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return read(answer.statusCode(), new String(body.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw fault("it cannot be reached (" + e.getClass().getSimpleName() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fault("the question was interrupted", e);
        }
    }

    private HttpClient client() {
        HttpClient client = http;
        if (client == null) {
            client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
            http = client;
        }
        return client;
    }

    /** Those with status 1. */
    static Set<Hash32> read(int status, String body) {
        if (status != 200) {
            throw fault("it answered with status " + status, null);
        }
        JsonNode answer;
        try {
            answer = MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw fault("its answer is not JSON", e);
        }
        String message = answer.path("errmsg").asString("");
        if (answer.path("errcode").asInt(0) != 0 || !message.isEmpty()) {
            throw fault("it answered " + answer.path("errcode") + " " + message, null);
        }
        Set<Hash32> skipped = new HashSet<>();
        answer.path("data")
                .propertyStream()
                .filter(entry -> entry.getValue().asInt(0) == 1)
                .forEach(entry -> skipped.add(Hash32.fromHex(entry.getKey())));
        return skipped;
    }

    private static TxmException fault(String what, @Nullable Throwable cause) {
        String text = "EVM.Transactions.AutoPurge.DetectionApiUrl cannot say what is stuck: " + what + ".";
        return cause == null ? new TxmException("DETECTION_API", text) : new TxmException("DETECTION_API", text, cause);
    }
}
