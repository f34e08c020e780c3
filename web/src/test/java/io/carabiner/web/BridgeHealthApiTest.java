package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.pipeline.BridgeHealth;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BridgeHealthApiTest {

    @Test
    void health_tellsHowABridgeAnswers_alsoBeforeItWasAsked(@TempDir Path folder) throws Exception {
        try (TestNode node = TestNode.start(folder)) {
            String cookie = node.loginAdmin();
            node.bridges.create("prices", URI.create("http://a.test"), 0, Optional.empty());
            JsonNode unused = TestNode.json(node.get("/v2/bridge_types/Prices/health", cookie))
                    .at("/data/attributes");
            assertThat(unused.path("circuit").asString()).isEqualTo("unused");
            assertThat(unused.path("p50Ms").isNull()).isTrue();

            node.bridges.health.put(
                    "prices",
                    new BridgeHealth(
                            20,
                            3,
                            Optional.of(Duration.ofNanos(12_345_678)),
                            Optional.of(Duration.ofMillis(80)),
                            Optional.of(Instant.parse("2026-01-02T03:04:05Z")),
                            Optional.of(new BridgeHealth.Failure(
                                    BridgeHealth.ErrorClass.TOO_LARGE,
                                    "too large",
                                    Instant.parse("2026-01-02T03:04:06Z"))),
                            BridgeHealth.Circuit.OPEN,
                            1));
            JsonNode data = TestNode.json(node.get("/v2/bridge_types/prices/health", cookie))
                    .path("data");
            assertThat(data.path("type").asString()).isEqualTo("bridgeHealth");
            JsonNode health = data.path("attributes");
            assertThat(health.path("circuit").asString()).isEqualTo("open");
            assertThat(health.path("answered").asInt()).isEqualTo(20);
            assertThat(health.path("p50Ms").asDouble()).isEqualTo(12.3);
            assertThat(health.path("p95Ms").asDouble()).isEqualTo(80);
            assertThat(health.path("errorClass").asString()).isEqualTo("too_large");
            assertThat(health.path("lastGoodAt").asString()).isEqualTo("2026-01-02T03:04:05Z");

            assertThat(node.get("/v2/bridge_types/nothing/health", cookie).statusCode())
                    .isEqualTo(404);
        }
    }
}
