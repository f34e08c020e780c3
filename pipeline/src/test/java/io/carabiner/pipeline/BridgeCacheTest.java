package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.outbound.OutboundSettings;
import io.carabiner.outbound.Proxies;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A bridge that answered and then fails; and URLs that are written out while all are checked. */
final class BridgeCacheTest {

    private static final String RULES = """
            [{"path": "/good", "body": "{\\"price\\": 7}"}, {"path": "/bad", "status": 500, "body": "down"}]
            """;

    private final TestClock clock = new TestClock();
    private FakeSource source;
    private String path = "/good";

    @BeforeEach
    void start() throws IOException {
        source = new FakeSource(JsonMapper.shared().readTree(RULES));
    }

    @AfterEach
    void stop() {
        source.close();
    }

    private PipelineRunner runner(TimeSource time, Duration ttl, OutboundSettings outbound) {
        PipelineSettings defaults = PipelineSettings.defaults();
        PipelineSettings settings = new PipelineSettings(
                defaults.maxRunDuration(),
                defaults.httpDefaultTimeout(),
                defaults.httpMaxSizeBytes(),
                Optional.empty(),
                ttl,
                outbound);
        return new PipelineRunner(settings, name -> Optional.of(bridge()), new FakeEthereum(), time, new Metrics());
    }

    private Bridge bridge() {
        return new Bridge(
                "prices", URI.create(source.url() + path), 0, Optional.empty(), "", Instant.EPOCH, Instant.EPOCH);
    }

    private static String ask(PipelineRunner runner, String task) throws InterruptedException {
        RunOutcome outcome = runner.run(Pipeline.parse(task), Variables.empty(), Runs.CONTEXT);
        return outcome.outputsJson() + " " + outcome.fatalErrors().getFirst().orElse("");
    }

    @Test
    void theLastGoodAnswer_standsInForTheTimeToLive_andNoLonger() throws Exception {
        String task = "t [type=bridge name=prices cacheTTL=\"30s\"]";
        try (PipelineRunner runner = runner(clock, Duration.ZERO, OutboundSettings.defaults())) {
            assertThat(ask(runner, task)).contains("price");
            path = "/bad";
            clock.advance(Duration.ofSeconds(30));
            assertThat(ask(runner, task)).contains("price");
            clock.advance(Duration.ofSeconds(1));
            assertThat(ask(runner, task)).contains("status code 500");
        }
    }

    @Test
    void theNodesTimeToLive_countsWhereTheTaskHasNone_andZeroIsNone() throws Exception {
        String task = "t [type=bridge name=prices]";
        try (PipelineRunner cached = runner(clock, Duration.ofMinutes(1), OutboundSettings.defaults());
                PipelineRunner uncached = runner(clock, Duration.ZERO, OutboundSettings.defaults())) {
            assertThat(ask(cached, task) + ask(uncached, task)).contains("price");
            path = "/bad";
            assertThat(ask(cached, task)).contains("price");
            assertThat(ask(uncached, task)).contains("status code 500");
        }
    }

    @Test
    void anotherTaskOfTheJob_doesNotGetTheAnswer() throws Exception {
        try (PipelineRunner runner = runner(clock, Duration.ofMinutes(1), OutboundSettings.defaults())) {
            assertThat(ask(runner, "t [type=bridge name=prices]")).contains("price");
            path = "/bad";
            assertThat(ask(runner, "other [type=bridge name=prices]")).contains("status code 500");
        }
    }

    @Test
    void strictly_writtenUrlsAreCheckedToo_unlessTheTaskSaysOtherwise() throws Exception {
        OutboundSettings strict = new OutboundSettings(true, List.of(), 10, Proxies.none());
        String url = "url=\"" + source.url() + "/good\"";
        try (PipelineRunner lenient = runner(TimeSource.system(), Duration.ZERO, OutboundSettings.defaults());
                PipelineRunner checked = runner(TimeSource.system(), Duration.ZERO, strict)) {
            assertThat(ask(lenient, "t [type=http " + url + "]")).contains("price");
            assertThat(ask(checked, "t [type=http " + url + "]")).contains("disallowed IP 127.0.0.1");
            assertThat(ask(checked, "t [type=http allowUnrestrictedNetworkAccess=true " + url + "]"))
                    .contains("price");
        }
    }
}
