package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands before every route: sizes, rates, sessions, and what the outside may learn. */
class DoorTest {

    private TestNode node;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void body_of32768BytesPassesAndOneMoreDoesNot() throws Exception {
        String cookie = node.loginAdmin();

        HttpResponse<String> fits = node.post("/v2/jobs", cookie, jobOfBytes(32768));
        HttpResponse<String> tooLarge = node.post("/v2/jobs", cookie, jobOfBytes(32769));

        assertThat(fits.statusCode()).isEqualTo(422);
        assertThat(fits.body()).contains("invalid job type");
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).isEqualTo("request too large");
        assertThat(tooLarge.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(tooLarge.headers().firstValue("x-frame-options")).isEmpty();
    }

    private static String jobOfBytes(int size) {
        String frame = "{\"toml\":\"#\"}";
        return frame.replace("#", "#" + "x".repeat(size - frame.length()));
    }

    @Test
    void tenMegabytesOfUnknownLength_areRefused() throws Exception {
        byte[] body = new byte[10_000_000];
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/v2/jobs"))
                .header("cookie", node.loginAdmin())
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        HttpResponse<String> answer = node.send(request);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("request too large");
    }

    @Test
    void sixthLoginIn20Seconds_isRefusedAndAnotherRouteIsNot() throws Exception {
        node.restart(TestNode.config(1000, 5, false));
        String wrong = "{\"email\":\"a@b.test\",\"password\":\"wrong\"}";
        for (int attempt = 1; attempt <= 5; attempt++) {
            HttpResponse<String> answer = node.call("POST", "/sessions", Map.of(), wrong);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("x-ratelimit-remaining")).contains(String.valueOf(5 - attempt));
        }

        HttpResponse<String> sixth = node.call("POST", "/sessions", Map.of(), wrong);
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.body()).isEqualTo("Limit exceeded");
        assertThat(sixth.headers().firstValue("x-ratelimit-limit")).contains("5");
        HttpResponse<String> other = node.call("GET", "/health.txt", Map.of(), "");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.headers().firstValue("x-ratelimit-limit")).contains("1000");

        node.clock.advance(Duration.ofSeconds(20));
        assertThat(node.loginAdmin()).startsWith("clsession=");
    }

    @Test
    void rateOfAllRoutesTogether_isLimitedAndScrapersAreNot() throws Exception {
        node.restart(TestNode.config(3, 5, false));
        for (int call = 0; call < 3; call++) {
            assertThat(node.get("/health", "").statusCode()).isEqualTo(200);
        }

        assertThat(node.get("/readyz", "").statusCode()).isEqualTo(429);
        assertThat(node.get("/metrics", "").statusCode()).isEqualTo(200);
    }

    @Test
    void cookie_hasTheRecordedAttributes() throws Exception {
        String login = "{\"email\":\"a@b.test\",\"password\":\"" + TestNode.ADMIN_PASSWORD + "\"}";

        HttpResponse<String> plain = node.call("POST", "/sessions", Map.of(), login);
        node.restart(TestNode.config(1000, 5, true));
        HttpResponse<String> secure = node.call("POST", "/sessions", Map.of(), login);

        assertThat(plain.headers().firstValue("set-cookie").orElseThrow())
                .matches("clsession=[0-9a-f]{64}; Expires=Sat, 31 Jan 2026 00:00:00 GMT; Max-Age=2592000; HttpOnly;"
                        + " SameSite=Strict");
        assertThat(secure.headers().firstValue("set-cookie").orElseThrow())
                .endsWith("; HttpOnly; Secure; SameSite=Strict");
    }

    @Test
    void session_endsWhenItIsNotUsedForTheTimeoutAndNotBefore() throws Exception {
        String cookie = node.loginAdmin();
        for (int use = 0; use < 3; use++) {
            node.clock.advance(TestNode.SESSION_TIMEOUT);
            assertThat(node.get("/v2/ping", cookie).statusCode()).isEqualTo(200);
        }

        node.clock.advance(TestNode.SESSION_TIMEOUT.plusMillis(1));

        HttpResponse<String> late = node.get("/v2/ping", cookie);
        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(TestNode.detail(late)).isEqualTo("session missing or expired, please login again");
    }

    @Test
    void session_outlivesARestart() throws Exception {
        String cookie = node.loginAdmin();

        node.restart(TestNode.config(1000, 5, false));

        assertThat(node.get("/v2/ping", cookie).statusCode()).isEqualTo(200);
    }

    @Test
    void endedSessions_areDeletedAtTheNextLogin() throws Exception {
        node.loginAdmin();
        node.clock.advance(TestNode.SESSION_TIMEOUT.plus(Duration.ofDays(10)).plusMillis(1));

        node.loginAdmin();

        assertThat(node.postgres.query("SELECT count(*) FROM carabiner.sessions"))
                .isEqualTo("1");
    }

    @Test
    void database_hasNeitherPasswordsNorWhatTheCookieHolds() throws Exception {
        String secret = node.loginAdmin().substring("clsession=".length());

        assertThat(node.postgres.query("SELECT encode(id_hash, 'hex') FROM carabiner.sessions"))
                .hasSize(64)
                .isNotEqualTo(secret);
        assertThat(node.postgres.query("SELECT hashed_password FROM carabiner.users"))
                .startsWith("$2a$10$")
                .hasSize(60);
    }

    @Test
    void metrics_countRequestsByRouteAndNotByPath() throws Exception {
        String cookie = node.loginAdmin();
        node.get("/v2/jobs/1", cookie);
        node.get("/v2/jobs/2", cookie);
        node.get("/v2/nothing", cookie);

        String exposition = node.get("/metrics", "").body();

        assertThat(exposition)
                .containsPattern("service_gonic_requests_total\\{code=\"404\",handler=\"GET /v2/jobs/:ID\","
                        + "host=\"127.0.0.1:\\d+\",method=\"GET\",path=\"/v2/jobs/:ID\"} 2")
                .doesNotContain("nothing")
                .contains("service_gonic_request_size_bytes_count 3\n");
    }

    @Test
    void failureInsideARoute_showsNoStackTrace() throws Exception {
        String cookie = node.loginAdmin();
        node.jobs.next = null;

        HttpResponse<String> answer = node.post("/v2/jobs", cookie, "{\"toml\":\"x\"}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(TestNode.detail(answer)).isEqualTo("internal error (WEB_UNEXPECTED): see the log of the node");
    }

    @Test
    void failureOfTheDatabase_isAnErrorInTheUsualForm() throws Exception {
        String cookie = node.loginAdmin();
        node.postgres.execute("DROP TABLE carabiner.sessions");

        HttpResponse<String> answer = node.get("/v2/ping", cookie);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
        assertThat(TestNode.detail(answer)).isNotEmpty();
        assertThat(node.get("/health", "").statusCode()).isEqualTo(200);
    }

    @Test
    void scrapes_areCountedLikeTheGoNodeDoes() throws Exception {
        node.get("/metrics", "");

        assertThat(node.get("/metrics", "").body())
                .contains("promhttp_metric_handler_requests_in_flight 1\n")
                .contains("promhttp_metric_handler_requests_total{code=\"200\"} 1\n")
                .contains("promhttp_metric_handler_requests_total{code=\"503\"} 0\n");
    }

    @Test
    void server_doesNotNameItsLibrary() throws Exception {
        assertThat(node.get("/health", "").headers().firstValue("server")).isEmpty();
    }

    @Test
    void pages_areForPeopleOnly() throws Exception {
        assertThat(node.get("/", "").body()).contains("Carabiner");
        assertThat(node.get("/v2/nothing", "").statusCode()).isEqualTo(404);
        assertThat(node.get("/favicon.ico", "").statusCode()).isEqualTo(404);
        assertThat(node.get("/livez", "").statusCode()).isEqualTo(200);
    }
}
