package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carabiner.jobs.webhook.ExternalInitiators;
import io.carabiner.jobs.webhook.WebhookCaller;
import io.carabiner.jobs.webhook.WebhookJobs;
import io.carabiner.jobs.webhook.WebhookOutcome;
import io.carabiner.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results with which a Go node loses the whole run: here the run is stored, with the reason or with the result. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnstorableResultsTest {

    private TestDatabase server;
    private TestNode node;
    private WebhookJobs webhooks;
    private HttpServer adapter;

    @BeforeAll
    void start() throws InterruptedException, IOException {
        server = TestNode.newServer();
        node = new TestNode(server, database -> {
            webhooks = new WebhookJobs(new ExternalInitiators(database), false);
            return List.of(webhooks);
        });
        adapter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/binary", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        answer("/gzip", gzip("{\"value\":7}"));
        adapter.start();
    }

    private void answer(String path, byte[] body) {
        adapter.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @AfterAll
    void stop() {
        node.close();
        server.close();
        adapter.stop(0);
    }

    private RunView run(String tasks, String body) throws InterruptedException {
        Job job = node.room.jobs().create("""
                type = "webhook"
                schemaVersion = 1
                externalJobID = "%s"
                observationSource = '''%s'''
                """.formatted(UUID.randomUUID(), tasks));
        WebhookOutcome outcome = webhooks.run(job.spec().header().externalJobId(), new WebhookCaller.User(), body);
        RunView run = ((WebhookOutcome.Ran) outcome).run();
        assertThat(node.room.runs().find(run.id())).as("the stored run").hasValue(run);
        return run;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            NUL in a text  | jsonparse path="x" | {"x":"a\\u0000b"} | NUL
            not a number   | cborparse          | 0x6161f97e00      | NaN
            infinity       | cborparse          | 0x6161f97c00      | Inf
            minus infinity | cborparse          | 0x6161f9fc00      | Inf
            """)
    void theRun_isErroredWithTheReason(String what, String task, String body, String reason)
            throws InterruptedException {
        RunView run = run("t [type=" + task + " data=\"$(jobRun.requestBody)\"]", body);
        assertThat(run.state()).isEqualTo("errored");
        assertThat(run.fatalErrors().orElseThrow()).contains(reason);
    }

    @Test
    void mapsWithOtherKeysThanTexts_haveTheKeysAsTexts() throws InterruptedException {
        RunView run = run("t [type=cborparse mode=standard data=\"$(jobRun.requestBody)\"]", "0xa1016161");
        assertThat(run.state()).as(run.toString()).isEqualTo("completed");
        assertThat(run.outputs()).hasValue("[{\"1\":\"a\"}]");
    }

    @ParameterizedTest
    @CsvSource({"binary", "gzip"})
    void answersThatAreNoText_costTheTaskAndNotTheRun(String path) throws InterruptedException {
        RunView run = run(
                "t [type=http method=GET allowUnrestrictedNetworkAccess=true url=\"http://127.0.0.1:"
                        + adapter.getAddress().getPort() + "/" + path + "\"]",
                "");
        assertThat(run.state()).isEqualTo("errored");
        assertThat(run.fatalErrors()).hasValue("[\"the result holds a NUL character, which cannot be stored\"]");
        assertThat(run.taskRuns()).hasSize(1);
    }
}
