package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.carabiner.jobs.webhook.ExternalInitiator;
import io.carabiner.jobs.webhook.ExternalInitiators;
import io.carabiner.jobs.webhook.WebhookCaller;
import io.carabiner.jobs.webhook.WebhookJobs;
import io.carabiner.jobs.webhook.WebhookOutcome;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebhookJobsTest {

    private static final UUID JOB = UUID.fromString("66666666-6666-4666-8666-666666666666");

    private static final String SPEC = """
            type = "webhook"
            schemaVersion = 1
            name = "hook"
            externalJobID = "%s"
            externalInitiators = [{name = "EI-One", spec = '{"feed": "eth-usd", "every": 60}'}]
            observationSource = "echo [type=jsonparse path=<value> data=<$(jobRun.requestBody)>]"
            """.formatted(JOB);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private HttpServer listener;
    private TestDatabase server;
    private TestNode node;
    private ExternalInitiators initiators;
    private WebhookJobs webhooks;
    private ExternalInitiator named;

    @BeforeEach
    void start() throws InterruptedException, IOException {
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            told.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Chainlink-EA-AccessKey") + " "
                    + exchange.getRequestHeaders().getFirst("X-Chainlink-EA-Secret") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        listener.start();
        server = TestNode.newServer();
        newNode(true);
        URI url = URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + "/ei");
        named = initiators.create("ei-one", Optional.of(url)).orElseThrow().initiator();
    }

    private void newNode(boolean initiatorsEnabled) throws InterruptedException {
        node = new TestNode(server, database -> {
            initiators = new ExternalInitiators(database);
            webhooks = new WebhookJobs(initiators, initiatorsEnabled);
            return List.of(webhooks);
        });
    }

    @AfterEach
    void stop() {
        node.close();
        server.close();
        listener.stop(0);
    }

    private static WebhookCaller user() {
        return new WebhookCaller.User();
    }

    @Test
    void aCall_runsTheJobWithItsBody() throws InterruptedException {
        node.room.jobs().create(SPEC);
        RunView run = ((WebhookOutcome.Ran) webhooks.run(JOB, user(), "{\"value\":\"from the initiator\"}")).run();
        assertThat(run.state()).isEqualTo("completed");
        assertThat(run.outputs()).hasValue("[\"from the initiator\"]");
        assertThat(run.inputs())
                .isEqualTo("{\"jobRun\":{\"meta\":null,\"requestBody\":\"{\\\"value\\\":\\\"from the initiator\\\"}\"},"
                        + "\"jobSpec\":{\"databaseID\":1,\"externalJobID\":\"0x66666666666646668666666666666666\","
                        + "\"name\":\"hook\"}}");
        assertThat(run.taskRuns()).hasSize(1);
        RunView failed = ((WebhookOutcome.Ran) webhooks.run(JOB, user(), "hello")).run();
        assertThat(failed.state()).isEqualTo("errored");
        assertThat(webhooks.run(new UUID(1, 2), user(), "{}")).isEqualTo(new WebhookOutcome.NoSuchJob());
    }

    /** Recorded of a Go node: any external initiator may run any webhook job. The documents promise what is here. */
    @Test
    void anInitiator_runsTheJobsThatNameIt_andNoOthers() throws InterruptedException {
        node.room.jobs().create(SPEC);
        ExternalInitiator other =
                initiators.create("other", Optional.empty()).orElseThrow().initiator();
        assertThat(webhooks.run(JOB, new WebhookCaller.Initiator(named), "{\"value\":1}"))
                .isInstanceOf(WebhookOutcome.Ran.class);
        assertThat(webhooks.run(JOB, new WebhookCaller.Initiator(other), "{}"))
                .isEqualTo(new WebhookOutcome.NotAllowed("external initiator other is not allowed to run job " + JOB));
        assertThat(webhooks.run(new UUID(1, 2), new WebhookCaller.Initiator(named), "{}"))
                .isInstanceOf(WebhookOutcome.NotAllowed.class);
        assertThat(node.query("SELECT count(*) FROM carabiner.runs")).isEqualTo("1");
        node.close();
        newNode(false);
        assertThat(webhooks.run(JOB, new WebhookCaller.Initiator(named), "{}"))
                .as("initiators are switched off")
                .isInstanceOf(WebhookOutcome.NotAllowed.class);
    }

    @Test
    void theInitiator_isToldOfNewAndDeletedJobs_onceAndNotAtARestart() throws InterruptedException {
        int id = node.room.jobs().create(SPEC).id();
        String secrets = named.outgoingToken() + " " + named.outgoingSecret() + " application/json ";
        assertThat(told.poll(30, TimeUnit.SECONDS))
                .isEqualTo("POST /ei " + secrets + "{\"jobId\":\"" + JOB
                        + "\",\"type\":\"ei-one\",\"params\":{\"feed\":\"eth-usd\",\"every\":60}}");
        assertThat(webhooks.naming("EI-one")).containsExactly(id);
        node.close();
        newNode(true);
        node.room.jobs().delete(id);
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("DELETE /ei/" + JOB + " " + secrets);
        assertThat(told).isEmpty();
        assertThat(webhooks.naming("ei-one")).isEmpty();
    }

    /** The Go node tells every initiator of an end and a beginning at each change. */
    @Test
    void aChange_isToldToThoseItConcerns_inOrder() throws InterruptedException {
        int id = node.room.jobs().create(SPEC).id();
        String secrets = named.outgoingToken() + " " + named.outgoingSecret() + " application/json ";
        assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("POST /ei ");
        node.room.jobs().update(id, SPEC.replace("path=<value>", "path=<other>"));
        node.room.jobs().update(id, SPEC.replace("60", "61"));
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("DELETE /ei/" + JOB + " " + secrets);
        assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("POST /ei ").contains("\"every\":61");
        node.room.jobs().update(id, SPEC.replaceFirst("externalInitiators.*\n", ""));
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("DELETE /ei/" + JOB + " " + secrets);
        assertThat(webhooks.run(JOB, user(), "{\"value\":1}")).isInstanceOf(WebhookOutcome.Ran.class);
        assertThat(told).isEmpty();
    }

    @Test
    void aPausedJob_refusesCalls_andSaysSo() throws InterruptedException {
        int id = node.room.jobs().create(SPEC).id();
        node.room.jobs().pause(id);
        assertThat(webhooks.run(JOB, user(), "{}")).isEqualTo(new WebhookOutcome.Paused(id));
        assertThat(webhooks.naming("ei-one")).containsExactly(id);
        node.close();
        newNode(true);
        assertThat(webhooks.run(JOB, user(), "{}")).isEqualTo(new WebhookOutcome.Paused(id));
        node.room.jobs().resume(id, false);
        assertThat(webhooks.run(JOB, user(), "{\"value\":1}")).isInstanceOf(WebhookOutcome.Ran.class);
    }

    @Test
    void anInitiatorThatDoesNotExist_orASpecThatIsNoJson_isRefused() {
        assertThatThrownBy(() -> node.room
                        .jobs()
                        .create(SPEC.replace(
                                "[{name = \"EI-One\", spec", "[{name=\"yy\", spec=\"1\"}, {name = \"zz\", spec")))
                .hasMessage("unable to find external initiator named yy: sql: no rows in result set; "
                        + "unable to find external initiator named zz: sql: no rows in result set");
        assertThatThrownBy(() -> node.room.jobs().create(SPEC.replace("'{\"feed\"", "'zz{\"feed\"")))
                .isInstanceOf(JobSpecException.class)
                .hasMessageStartingWith("(5, 1): unmarshal toml: the spec is not JSON: ");
        assertThatThrownBy(() -> node.room
                        .jobs()
                        .create(SPEC.replaceFirst("externalInitiators.*\n", "externalInitiators = \"ei1\"\n")))
                .hasMessage("(5, 1): Can't convert ei1(string) to []webhook.TOMLWebhookSpecExternalInitiator(slice)");
        assertThatThrownBy(() -> node.room
                        .jobs()
                        .create(SPEC.replaceFirst(
                                "externalInitiators.*\n", "externalInitiators = [{name = \"ei-one\"}]\n")))
                .hasMessage("(5, 1): ei-one has no spec: write spec = \"{}\" if it needs to be told nothing");
        assertThat(node.room.jobs().list(0, 10).total()).isZero();
    }

    @Test
    void secrets_areKnownByTheirHashOnly() {
        ExternalInitiators.NewInitiator made =
                initiators.create("Third", Optional.empty()).orElseThrow();
        String key = made.initiator().accessKey();
        assertThat(initiators.verify(key, made.incomingSecret())).hasValue(made.initiator());
        assertThat(initiators.verify(key, "x")).isEmpty();
        assertThat(initiators.verify("x", made.incomingSecret())).isEmpty();
        assertThat(initiators.create("THIRD", Optional.empty())).isEmpty();
        assertThat(node.query("SELECT count(*) FROM carabiner.external_initiators e WHERE e::text LIKE '%"
                        + made.incomingSecret() + "%'"))
                .isEqualTo("0");
        assertThat(initiators.delete("third")).isTrue();
        assertThat(initiators.delete("third")).isFalse();
    }
}
