package io.carabiner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carabiner.jobs.cron.CronJobs;
import io.carabiner.testkit.TestClock;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Bridges that answer later, on the address that they are given. */
final class AsyncBridgeTest {

    private static final String SPEC = """
            type = "cron"
            schemaVersion = 1
            schedule = "CRON_TZ=UTC 1 0 0 1 1 *"
            observationSource = \"""
              wait  [type=bridge name=slow async="true"]
              parse [type=jsonparse path="answer" data="$(wait)"]
              wait -> parse
            \"""
            """;

    private final TestClock clock = new TestClock();
    private final BlockingQueue<UUID> asked = new LinkedBlockingQueue<>();
    private volatile Consumer<UUID> whileAsked = task -> {};
    private HttpServer bridge;
    private TestDatabase server;
    private TestNode node;
    private CronJobs cron;

    @BeforeEach
    void start() throws InterruptedException, IOException {
        bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bridge.createContext("/", this::pending);
        bridge.start();
        server = TestNode.newServer();
        newNode();
        URI url = URI.create("http://127.0.0.1:" + bridge.getAddress().getPort());
        node.bridges.create("slow", url, 0, Optional.empty());
    }

    private void pending(HttpExchange exchange) throws IOException {
        String url = JsonMapper.shared()
                .readTree(exchange.getRequestBody().readAllBytes())
                .get("responseURL")
                .asString();
        UUID task = UUID.fromString(url.substring(url.lastIndexOf('/') + 1));
        whileAsked.accept(task);
        byte[] answer = "{\"pending\":true}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
        asked.add(task);
    }

    private void newNode() throws InterruptedException {
        node = new TestNode(server, database -> {
            cron = new CronJobs(database, clock);
            return List.of(cron);
        });
    }

    @AfterEach
    void stop() {
        cron.close();
        node.close();
        server.close();
        bridge.stop(0);
    }

    private void run() throws InterruptedException {
        clock.awaitSleepers(1);
        clock.advance(Duration.ofSeconds(1));
    }

    private UUID asked() throws InterruptedException {
        UUID task = asked.poll(30, TimeUnit.SECONDS);
        assertThat(task).isNotNull();
        return task;
    }

    private static OutsideAnswer answer(String json) {
        return new OutsideAnswer.Value(json);
    }

    private RunView awaited(String state) {
        node.await("SELECT string_agg(state, ',') FROM carabiner.runs", state);
        return node.room.runs().list(OptionalInt.empty(), 0, 1).items().getFirst();
    }

    @Test
    void aRunWaitsForItsBridge_alsoOverARestart_andGoesOnOnce() throws InterruptedException {
        node.room.jobs().create(SPEC);
        run();
        UUID task = asked();
        awaited("suspended");
        node.close();
        cron.close();
        newNode();
        assertThat(node.room.resume(new UUID(1, 2), answer("1"))).isEqualTo(new ResumeOutcome.NobodyWaits());
        assertThat(node.room.resume(task, answer("{\"answer\":7}"))).isInstanceOf(ResumeOutcome.Resumed.class);
        RunView run = awaited("completed");
        assertThat(run.outputs()).hasValue("[7]");
        assertThat(run.taskRuns().getFirst().output()).hasValue("\"0x7b22616e73776572223a377d\"");
        assertThat(node.room.resume(task, answer("{\"answer\":8}"))).isEqualTo(new ResumeOutcome.NobodyWaits());
    }

    @Test
    void anErrorFromTheBridge_isTheTasksError() throws InterruptedException {
        node.room.jobs().create(SPEC);
        run();
        UUID task = asked();
        awaited("suspended");
        node.room.resume(task, new OutsideAnswer.Fault("the world is down"));
        RunView run = awaited("errored");
        assertThat(run.allErrors().orElseThrow()).startsWith("[\"the world is down\",");
    }

    /** The Go node answers 500 to such a bridge and forgets what it said. */
    @Test
    void anAnswerBeforeTheRunIsStored_isNotLost() throws InterruptedException {
        BlockingQueue<ResumeOutcome> outcomes = new LinkedBlockingQueue<>();
        whileAsked = task -> outcomes.add(node.room.resume(task, answer("{\"answer\":9}")));
        node.room.jobs().create(SPEC);
        run();
        RunView run = awaited("completed");
        assertThat(run.outputs()).hasValue("[9]");
        assertThat(outcomes.poll(30, TimeUnit.SECONDS)).isEqualTo(new ResumeOutcome.Early());
    }
}
