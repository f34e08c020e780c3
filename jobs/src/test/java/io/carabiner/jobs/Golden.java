package io.carabiner.jobs;

import io.carabiner.primitives.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a Go node 2.15 stored and answered. */
final class Golden {

    private Golden() {}

    /** The inputs of a recorded run of a direct request. */
    static JsonNode inputs() {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/directrequest-inputs.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bytes logData() {
        return Bytes.fromHex(inputs().get("jobRun").get("logData").asString());
    }
}
