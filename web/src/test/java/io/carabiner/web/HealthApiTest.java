package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.telemetry.HealthStatus;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(Lifecycle.PER_CLASS)
class HealthApiTest {

    private TestNode node;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
    }

    @BeforeEach
    void forget() {
        node.health.report().keySet().forEach(node.health::unregister);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({"3, 003", "4, 003", "5, 003", "960, 960", "961, 960", "962, 960"})
    void report_isTheRecordedOneInAllItsForms(int recordedAnswer, int recordedChecks) throws Exception {
        Recorded recorded = Recorded.number(recordedAnswer);
        checksOf(Recorded.number(recordedChecks));

        HttpResponse<String> answer = node.call("GET", recorded.path(), recorded.requestHeaders(), "");

        assertThat(answer.statusCode()).isEqualTo(recorded.status());
        assertThat(answer.body()).isEqualTo(recorded.answer());
        assertThat(answer.headers().firstValue("content-type"))
                .contains(recorded.headers().get("content-type"));
    }

    private void checksOf(Recorded json) {
        for (JsonNode check : JsonMapper.shared().readTree(json.answer()).get("data")) {
            String output = check.get("attributes").get("output").stringValue();
            boolean passing =
                    check.get("attributes").get("status").stringValue().equals("passing");
            HealthStatus status = passing ? HealthStatus.PASSING : HealthStatus.failing(output);
            node.health.register(check.get("id").stringValue(), () -> status);
        }
    }

    @Test
    void failingOnly_leavesTheRestOut() throws Exception {
        node.health.register("Good", () -> HealthStatus.PASSING);
        node.health.register("Bad", () -> HealthStatus.failing("why\nand how"));

        assertThat(node.get("/health.txt?failing", "").body()).isEqualTo("!  Bad\n\twhy\n\tand how\n");
        assertThat(node.get("/health?failing", "").body()).doesNotContain("Good");
    }

    @Test
    void readiness_hasARealStatusAlsoInFull() throws Exception {
        node.health.register("Other", () -> HealthStatus.failing("no matter"));
        assertThat(node.get("/readyz", "").statusCode()).isEqualTo(200);
        assertThat(node.get("/readyz", "").body()).isEmpty();

        node.health.registerForReadiness("Lease", () -> HealthStatus.failing("lost"));

        assertThat(node.get("/readyz", "").statusCode()).isEqualTo(503);
        HttpResponse<String> full = node.call("GET", "/readyz?full", Map.of(), "");
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.body()).contains("\"output\":\"lost\"");
    }

    @Test
    void htmlReport_cannotBeUsedToInject() throws Exception {
        node.health.register("<b>.x", () -> HealthStatus.failing("<script>"));

        assertThat(node.call("GET", "/health", Map.of("accept", "text/html"), "")
                        .body())
                .doesNotContain("<script>")
                .doesNotContain("<b>")
                .contains("&lt;script&gt;");
    }
}
