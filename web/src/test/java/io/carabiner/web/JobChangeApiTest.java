package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.jobs.JobVersion;
import io.carabiner.jobs.LintReport;
import io.carabiner.jobs.SpecFault;
import io.carabiner.web.JobCatalogue.Change;
import io.carabiner.web.JobCatalogue.JobView;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobChangeApiTest {

    private TestNode node;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        cookie = node.loginAdmin();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @BeforeEach
    void forget() {
        node.jobs.changes.clear();
    }

    private static JobView job(int version, boolean paused) {
        return new JobView(
                3,
                version,
                paused,
                new UUID(1, 2),
                "price",
                "cron",
                1,
                Optional.empty(),
                false,
                Duration.ZERO,
                new LinkedHashMap<>(),
                3,
                "a [type=memo]",
                List.of());
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return node.call(method, path, Map.of("Cookie", cookie), body);
    }

    @Test
    void eachChange_reachesTheJobs_andAnswersTheJobAsItIs() throws Exception {
        node.jobs.nextChange = new Change.Changed(job(2, true));
        JsonNode data =
                TestNode.json(call("PUT", "/v2/jobs/3", "{\"toml\":\"x\"}")).get("data");
        assertThat(data.get("id").asString()).isEqualTo("3");
        assertThat(data.get("meta").toString()).isEqualTo("{\"version\":2,\"paused\":true}");
        call("POST", "/v2/jobs/3/rollback", "{\"version\":1}");
        call("POST", "/v2/jobs/3/pause", "");
        call("POST", "/v2/jobs/3/resume", "");
        call("POST", "/v2/jobs/3/resume", "{\"discard\":true}");
        assertThat(node.jobs.changes)
                .containsExactly("update 3 x", "rollback 3 1", "pause 3", "resume 3 false", "resume 3 true");
    }

    @Test
    void aJobSuchAsTheGoNodeHasThem_isShownAsThere() throws Exception {
        node.jobs.nextChange = new Change.Changed(job(1, false));
        JsonNode data = TestNode.json(call("POST", "/v2/jobs/3/resume", "")).get("data");
        assertThat(data.has("meta")).isFalse();
    }

    @Test
    void whatIsNotThere_orMakesNoSense_isRefused() throws Exception {
        node.jobs.nextChange = new Change.Refused(404, "JobSpec not found");
        HttpResponse<String> missing = call("PUT", "/v2/jobs/9", "{\"toml\":\"x\"}");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(TestNode.detail(missing)).isEqualTo("JobSpec not found");
        assertThat(call("PUT", "/v2/jobs/x", "{\"toml\":\"x\"}").statusCode()).isEqualTo(422);
        assertThat(call("POST", "/v2/jobs/3/rollback", "{}").statusCode()).isEqualTo(422);
        assertThat(call("GET", "/v2/jobs/9/history", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aLook_answersFaultsAndFindings_whateverItFinds() throws Exception {
        node.jobs.nextLint = new LintReport(
                Optional.empty(), false, List.of(new SpecFault(2, 3, "bad")), List.of(new SpecFault(0, 0, "odd")));
        HttpResponse<String> answer = call("POST", "/v2/jobs/lint", "{\"toml\":\"x\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(answer).at("/data/attributes").toString())
                .isEqualTo("{\"name\":null,\"externalJobID\":null,\"type\":null,"
                        + "\"faults\":[{\"line\":2,\"column\":3,\"message\":\"bad\"}],"
                        + "\"findings\":[{\"line\":null,\"column\":null,\"message\":\"odd\"}]}");
    }

    @Test
    void theHistory_hasTheTextOfEachVersion() throws Exception {
        node.jobs.jobs.add(job(2, false));
        node.jobs.history = List.of(
                new JobVersion(2, "b", Instant.ofEpochSecond(20), true),
                new JobVersion(1, "a", Instant.ofEpochSecond(10), false));
        JsonNode data = TestNode.json(call("GET", "/v2/jobs/3/history", "")).get("data");
        assertThat(data.get(1).toString())
                .isEqualTo("{\"type\":\"jobVersions\",\"id\":\"1\",\"attributes\":{\"version\":1,\"present\":false,"
                        + "\"since\":\"1970-01-01T00:00:10Z\",\"toml\":\"a\"}}");
        assertThat(data.get(0).at("/attributes/present").booleanValue()).isTrue();
    }
}
