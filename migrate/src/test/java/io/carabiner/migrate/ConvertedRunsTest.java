package io.carabiner.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carabiner.jobs.JobSpecParser;
import io.carabiner.pipeline.Bridge;
import io.carabiner.pipeline.EthereumAccess;
import io.carabiner.pipeline.Pipeline;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.PipelineSettings;
import io.carabiner.pipeline.RunContext;
import io.carabiner.pipeline.RunOutcome;
import io.carabiner.pipeline.RunState;
import io.carabiner.pipeline.Variables;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.values.PipelineValue;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Converted jobs do what version 1 did: same transaction to the contract, same request to the bridge. */
class ConvertedRunsTest {

    private static final String REQUEST_ID = "ab".repeat(32);
    private static final String CALLBACK = "5b38da6a701c568545dcfcb03fcb875f56beddc4";
    private static final JobSpecParser PARSER = JobSpecParser.withoutNode(List.of(new KeysOfType("webhook")));

    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private HttpServer server;
    private PipelineRunner runner;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/price", "{\"data\":{\"price\":3141.597}}");
        answer("/bridge", "{\"data\":{\"result\":\"12.5\"}}");
        server.start();
        runner = new PipelineRunner(
                PipelineSettings.defaults(),
                name -> Optional.of(bridge(name)),
                id -> Optional.of(new SendingChain()),
                TimeSource.system(),
                new Metrics());
    }

    @AfterEach
    void stop() {
        runner.close();
        server.stop(0);
    }

    private void answer(String path, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Test
    void aRequest_isAnsweredWithTheCallOfVersion1() throws Exception {
        String v1 =
                Golden.text("runlog-uint256.json").replace("\"HTTPGet\"", "\"HTTPGetWithUnrestrictedNetworkAccess\"");

        RunOutcome outcome = run(v1, logVariables());

        assertThat(outcome.state()).as(outcome.allErrorsJson()).isEqualTo(RunState.SUSPENDED);
        assertThat(outcome.transactions()).singleElement().satisfies(transaction -> {
            assertThat(transaction.to()).isEqualTo(Address.fromHex("0x51de85b0cd5b3684865ecfeedfbaf12777cd0ff8"));
            assertThat(transaction.data())
                    .isEqualTo(Bytes.fromHex("4ab0d190" + REQUEST_ID + word(100_000) + "00".repeat(12) + CALLBACK
                            + "92cdaaf3" + "00".repeat(28) + word(1_700_000_300) + word(314_159)));
        });
    }

    @Test
    void aBridge_getsTheCallersParameters_underThoseOfTheJob() throws Exception {
        String v1 = "{\"initiators\": [{\"type\": \"web\"}], \"tasks\": ["
                + "{\"type\": \"Asset-EA\", \"params\": {\"to\": \"EUR\", \"say\": \"it's \\\"\\\\d\\\"\"}},"
                + " {\"type\": \"multiply\", \"params\": {\"times\": 10}}]}";

        RunOutcome outcome = run(
                v1,
                new Variables(Map.of(
                        "jobSpec",
                        PipelineValue.map(Map.of("externalJobID", PipelineValue.text("id-1"))),
                        "jobRun",
                        PipelineValue.map(
                                Map.of("requestBody", PipelineValue.text("{\"from\": \"ETH\", \"to\": \"USD\"}"))))));

        assertThat(outcome.state()).as(outcome.allErrorsJson()).isEqualTo(RunState.COMPLETED);
        assertThat(outcome.outputsJson()).isEqualTo("[\"125\"]");
        assertThat(JsonMapper.shared().readTree(bodies.take()))
                .isEqualTo(JsonMapper.shared()
                        .readTree("{\"id\": \"id-1\", \"data\":"
                                + " {\"from\": \"ETH\", \"to\": \"EUR\", \"say\": \"it's \\\"\\\\d\\\"\"}}"));
    }

    private RunOutcome run(String v1, Variables variables) throws InterruptedException {
        String toml = Conversion.of(v1, BigInteger.valueOf(1337))
                .converted()
                .getFirst()
                .toml();
        Pipeline pipeline = PARSER.parse(toml).header().pipeline();
        return runner.run(
                pipeline,
                variables,
                new RunContext(7, "converted", "test", OptionalLong.empty(), false, Duration.ZERO));
    }

    private Variables logVariables() {
        byte[] address = url("/price").getBytes(StandardCharsets.UTF_8);
        Bytes pairs = Bytes.fromHex("63676574" + "78" + String.format("%02x", address.length))
                .concat(Bytes.of(address))
                .concat(Bytes.fromHex("6470617468" + "6a646174612e7072696365"))
                .concat(Bytes.fromHex("6574696d6573" + "1864"));
        String words = "00".repeat(12) + CALLBACK + REQUEST_ID + word(100_000) + "00".repeat(12) + CALLBACK + "92cdaaf3"
                + "00".repeat(28) + word(1_700_000_300) + word(1) + word(256) + word(pairs.size());
        Bytes padded = Bytes.of(Arrays.copyOf(pairs.toArray(), (pairs.size() + 31) / 32 * 32));
        return new Variables(Map.of(
                "jobSpec",
                PipelineValue.map(Map.of("evmChainID", PipelineValue.text("1337"))),
                "jobRun",
                PipelineValue.map(Map.of(
                        "logData",
                        PipelineValue.bytes(Bytes.fromHex(words).concat(padded)),
                        "logTopics",
                        PipelineValue.hashes(List.of(Hash32.ZERO, Hash32.fromHex("01".repeat(32))))))));
    }

    private static String word(long value) {
        return String.format("%064x", value);
    }

    private Bridge bridge(String name) {
        return new Bridge(name, URI.create(url("/bridge")), 0, Optional.empty(), "", Instant.EPOCH, Instant.EPOCH);
    }

    /** A chain that something can be sent on. */
    private static final class SendingChain implements EthereumAccess.ChainAccess {

        @Override
        public long gasLimit(String jobType) {
            return 500_000;
        }

        @Override
        public long maxGasLimit() {
            return 500_000;
        }

        @Override
        public boolean hasSendingKey(List<Address> candidates) {
            return true;
        }

        @Override
        public EthereumAccess.CallOutcome call(EthereumAccess.Call call, Duration timeout) {
            throw new UnsupportedOperationException("no task calls");
        }

        @Override
        public EthereumAccess.EstimateOutcome estimateGas(EthereumAccess.Call call, Duration timeout) {
            throw new UnsupportedOperationException("no task estimates");
        }
    }
}
