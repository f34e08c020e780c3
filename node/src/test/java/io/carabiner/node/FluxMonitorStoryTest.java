package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.Eip55;
import io.carabiner.devnet.Login;
import io.carabiner.devnet.NodeApi;
import io.carabiner.node.OperatorFolder.Told;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Wei;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestDatabase;
import io.carabiner.testkit.TestFeed;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A price feed as its operator sees it: the job made from the command line, the contract's answer, the API. */
class FluxMonitorStoryTest {

    private static final Duration WITHIN = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    /** The spec that was recorded with a Go node 2.15, with this test's contract and data source. */
    private static String recordedSpec(TestFeed feed, NumberPage page) {
        return """
                type = "fluxmonitor"
                schemaVersion = 1
                name = "flux monitor"
                externalJobID = "88888888-8888-4888-8888-888888888888"
                evmChainID = "1337"
                contractAddress = "%s"
                threshold = 0.5
                absoluteThreshold = 0.0
                idleTimerPeriod = "30s"
                idleTimerDisabled = false
                pollTimerPeriod = "15s"
                pollTimerDisabled = false
                drumbeatEnabled = false
                minPayment = "1"
                observationSource = \"""
                ds1 [type=http method=GET url="http://127.0.0.1:%d/number?n=42" allowUnrestrictedNetworkAccess="true"];
                ds1_parse [type=jsonparse path="data,number"];
                ds1 -> ds1_parse -> answer;
                answer [type=median index=0];
                \"""
                """.formatted(Eip55.format(feed.aggregator()), page.port());
    }

    @Test
    void aFeed_isAnsweredByAJobMadeOnTheCommandLine() throws Exception {
        try (TestChain chain = TestChain.start();
                TestDatabase database = TestDatabase.create();
                NumberPage page = NumberPage.start()) {
            OperatorFolder files = OperatorFolder.withGoodFiles(folder, database.url());
            String here = files.goodConfig()
                    .replace("4242", "1337")
                    .replace("ws://127.0.0.1:1'", chain.wsUrl() + "'")
                    .replace("http://127.0.0.1:1'", chain.httpUrl() + "'");
            files.write("config.toml", here);
            TestFeed feed = TestFeed.deploy(chain, 0);
            try (RunningNode node = files.startWithin();
                    NodeApi api = NodeApi.login(
                            URI.create("http://127.0.0.1:" + node.httpPort()),
                            new Login("operator@example.com", "sixteen-characters-or-more"))) {
                Address key = api.key(chain.chainId());
                chain.setBalance(key, new Wei(BigInteger.TEN.pow(19)));
                feed.setOracles(List.of(key), 1, 0);
                files.write("job.toml", recordedSpec(feed, page));
                Told told = files.run(
                        "--remote-node-url",
                        "http://127.0.0.1:" + node.httpPort(),
                        "--admin-credentials-file",
                        folder.resolve("api").toString(),
                        "jobs",
                        "create",
                        folder.resolve("job.toml").toString());
                assertThat(told.exitCode()).as(told.toString()).isZero();
                assertThat(told.out()).contains("fluxmonitor", "flux monitor");
                Eventually.until(
                        "the feed has its first answer",
                        WITHIN,
                        () -> feed.latestSubmission(key).equals(BigInteger.valueOf(42)),
                        () -> database.query(
                                "SELECT string_agg(state || coalesce(error, ''), ',') FROM carabiner.txes"));
                theApiShowsSpecAndRun(api, feed);
            }
        }
    }

    private static void theApiShowsSpecAndRun(NodeApi api, TestFeed feed) {
        JsonNode job = api.get("/v2/jobs/1").at("/data/attributes");
        JsonNode spec = job.get("fluxMonitorSpec");
        assertThat(spec.propertyNames())
                .containsExactly(
                        "contractAddress",
                        "threshold",
                        "absoluteThreshold",
                        "pollTimerPeriod",
                        "pollTimerDisabled",
                        "idleTimerPeriod",
                        "idleTimerDisabled",
                        "drumbeatEnabled",
                        "drumbeatSchedule",
                        "drumbeatRandomDelay",
                        "minPayment",
                        "createdAt",
                        "updatedAt",
                        "evmChainID");
        assertThat(spec.get("contractAddress").stringValue()).isEqualTo(Eip55.format(feed.aggregator()));
        assertThat(spec.get("threshold").doubleValue()).isEqualTo(0.5);
        assertThat(spec.get("absoluteThreshold").isIntegralNumber()).isTrue();
        assertThat(spec.get("pollTimerPeriod").stringValue()).isEqualTo("15s");
        assertThat(spec.get("drumbeatSchedule").isNull()).isTrue();
        assertThat(spec.get("minPayment").stringValue()).isEqualTo("1");
        assertThat(job.get("directRequestSpec").isNull()).isTrue();
        assertThat(api.get("/v2/jobs/1/runs").at("/data/0/attributes/outputs/0").stringValue())
                .isEqualTo("42.25");
        assertThat(api.get("/v2/jobs/1/runs").at("/data/0/attributes/taskRuns")).hasSize(3);
    }
}
