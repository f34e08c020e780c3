package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carabiner.devnet.NodeFolder;
import io.carabiner.node.OperatorFolder.Told;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An external initiator starts a job of a real node, and its bridge answers later. */
class InitiatorStoryTest {

    private static final String JOB = "77777777-7777-4777-8777-777777777777";

    private static final String SPEC = """
            type = "webhook"
            schemaVersion = 1
            name = "weather"
            externalJobID = "%s"
            externalInitiators = [{name = "ei-one", spec = '{"city": "Zug"}'}]
            observationSource = \"""
              ask   [type=bridge name=slow async=true requestData="{\\\\"city\\\\": $(jobRun.requestBody)}"]
              parse [type=jsonparse path="degrees" data="$(ask)"]
              ask -> parse
            \"""
            """.formatted(JOB);

    private static final String CONFIG = """
            [JobPipeline]
            ExternalInitiatorsEnabled = true
            [WebServer]
            BridgeResponseURL = 'http://node.test:6688'
            """;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> asked = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer outside;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/initiator", exchange -> {
            told.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body(exchange));
            answer(exchange, "{}");
        });
        outside.createContext("/bridge", exchange -> {
            asked.add(JsonMapper.shared().readTree(body(exchange)));
            answer(exchange, "{\"pending\":true}");
        });
        outside.start();
    }

    @AfterEach
    void stop() {
        outside.stop(0);
        http.close();
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + outside.getAddress().getPort() + path;
    }

    private Told cli(OracleWorld world, String... words) {
        Stream<String> first = Stream.of(
                "--json",
                "--remote-node-url",
                world.node().url().toString(),
                "--admin-credentials-file",
                new NodeFolder(folder.resolve("node")).files().apiCredentials().toString());
        return new OperatorFolder(folder)
                .run(Stream.concat(first, Stream.of(words)).toArray(String[]::new));
    }

    private JsonNode json(OracleWorld world, String... words) {
        Told told = cli(world, words);
        assertThat(told.exitCode()).as(told.err()).isZero();
        return JsonMapper.shared().readTree(told.out());
    }

    private HttpResponse<String> call(URI node, String method, String path, String body, List<String> headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(node.resolve(path)).method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static List<String> keys(JsonNode initiator) {
        return List.of(
                "X-Chainlink-EA-AccessKey",
                initiator.get("incomingAccessKey").asString(),
                "X-Chainlink-EA-Secret",
                initiator.get("incomingSecret").asString());
    }

    @Test
    void anInitiatorsRun_waitsForItsBridge_andEndsWithTheAnswer() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder, CONFIG)) {
            Files.writeString(folder.resolve("weather.toml"), SPEC);
            json(world, "bridges", "create", "{\"name\":\"slow\",\"url\":\"" + url("/bridge") + "\"}");
            JsonNode initiator = json(world, "initiators", "create", "ei-one", url("/initiator"));
            JsonNode stranger = json(world, "initiators", "create", "ei-two");
            json(world, "jobs", "create", "weather.toml");
            assertThat(told.poll(30, TimeUnit.SECONDS))
                    .isEqualTo("POST /initiator {\"jobId\":\"" + JOB
                            + "\",\"type\":\"ei-one\",\"params\":{\"city\":\"Zug\"}}");

            URI node = world.node().url();
            String runs = "/v2/jobs/" + JOB + "/runs";
            assertThat(call(node, "POST", runs, "\"Zug\"", keys(stranger)).statusCode())
                    .isEqualTo(401);
            HttpResponse<String> started = call(node, "POST", runs, "\"Zug\"", keys(initiator));
            assertThat(started.statusCode()).as(started.body()).isEqualTo(200);

            JsonNode question = asked.poll(30, TimeUnit.SECONDS);
            assertThat(question.path("city").asString()).as(question.toString()).isEqualTo("\"Zug\"");
            String later = URI.create(question.get("responseURL").asString()).getPath();
            assertThat(later).startsWith("/v2/resume/");
            assertThat(call(node, "PATCH", later, "{\"value\":{\"degrees\":21}}", List.of())
                            .statusCode())
                    .isEqualTo(200);
            world.awaitRow("SELECT state FROM carabiner.runs", "completed");
            assertThat(world.database().query("SELECT outputs ->> 0 FROM carabiner.runs"))
                    .isEqualTo("21");
            assertThat(call(node, "PATCH", later, "{\"value\":{\"degrees\":99}}", List.of())
                            .statusCode())
                    .as("a second answer")
                    .isNotEqualTo(200);

            assertThat(cli(world, "jobs", "delete", "2").exitCode()).isZero();
            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("DELETE /initiator/" + JOB + " ");
            assertThat(call(node, "POST", runs, "\"Zug\"", keys(initiator)).statusCode())
                    .as("a job that is gone")
                    .isIn(401, 404);
        }
    }
}
