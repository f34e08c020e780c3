package io.carabiner.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every answer of hostile/answers.json has the outcome that stands beside it. */
@Timeout(30)
final class HostileAnswersTest {

    private static final long BODY_LIMIT_BYTES = 32_768;

    /** The server of the tests is the only private address that may be reached. */
    private static final OutboundSettings SETTINGS = new OutboundSettings(
            true, List.of(AllowedDestination.parse("server.test")), OutboundSettings.REDIRECTS_MAX, Proxies.none());

    static Stream<Case> cases() throws IOException {
        try (InputStream in = HostileAnswersTest.class.getResourceAsStream("/hostile/answers.json")) {
            return JsonMapper.shared().readTree(in).valueStream().map(Case::new);
        }
    }

    /** One line of the file. */
    record Case(JsonNode fields) {

        String text(String key) {
            return fields.path(key).asString("");
        }

        ScriptedServer.Script script() {
            return new ScriptedServer.Script(
                    text("answer"),
                    fields.path("repeat").asInt(1),
                    text("tail"),
                    fields.path("tailRepeat").asInt(0),
                    Duration.ofMillis(fields.path("dripMillis").asInt(0)),
                    fields.path("keepOpen").asBoolean(false),
                    fields.path("again").asBoolean(false),
                    fields.path("tls").asBoolean(false));
        }

        @Override
        public String toString() {
            return text("name");
        }
    }

    static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "server.test" -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
            case "metadata.test" -> new InetAddress[] {InetAddress.ofLiteral("169.254.169.254")};
            default -> {
                if (host.endsWith(".test")) {
                    throw new UnknownHostException(host);
                }
                yield InetAddress.getAllByName(host);
            }
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyAnswer_hasItsOutcome(Case hostile) throws IOException {
        try (ScriptedServer server = new ScriptedServer(hostile.script());
                HttpFetcher fetcher = new HttpFetcher(TimeSource.system(), HostileAnswersTest::resolve, SETTINGS)) {
            String scheme = hostile.fields().path("tls").asBoolean(false) ? "https" : "http";
            String outcome = outcome(fetcher, scheme + "://server.test:" + server.port() + "/", hostile);
            String wanted = hostile.text("expect");
            if (wanted.equals("ok~")) {
                assertThat(outcome).startsWith("ok:");
            } else if (wanted.equals("ok*" + BODY_LIMIT_BYTES)) {
                assertThat(outcome).hasSize((int) BODY_LIMIT_BYTES + "ok:".length());
            } else if (wanted.startsWith("ok:")) {
                assertThat(outcome).isEqualTo(wanted);
            } else {
                assertThat(outcome).contains(wanted).doesNotStartWith("ok:").hasSizeLessThan(2_000);
            }
        }
    }

    private static String outcome(HttpFetcher fetcher, String url, Case hostile) {
        HttpRequestData request = HttpRequestData.of("GET", HttpUrl.parse(url), List.of(), Optional.empty(), true);
        Deadline deadline = Deadline.none(TimeSource.system())
                .within(Duration.ofMillis(hostile.fields().path("timeoutMillis").asInt(10_000)));
        try {
            return "ok:" + fetcher.fetch(request, BODY_LIMIT_BYTES, deadline).text();
        } catch (OutboundFailure e) {
            return e.text();
        }
    }
}
