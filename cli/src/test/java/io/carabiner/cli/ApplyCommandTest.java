package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code jobs apply} asks and says; its plans are tried by themselves, and all of it on a real node. */
class ApplyCommandTest {

    private static final String NO_JOBS = "{\"data\":[],\"meta\":{\"count\":0}}";
    private static final String GOOD =
            "{\"data\":{\"type\":\"jobLints\",\"id\":\"lint\",\"attributes\":{\"name\":\"NAME\","
                    + "\"externalJobID\":null,\"type\":\"cron\",\"faults\":[],\"findings\":[{\"line\":2,\"column\":1,"
                    + "\"message\":\"odd\"}]}}}";
    private static final String CREATED = "{\"data\":{\"type\":\"jobs\",\"id\":\"1\",\"attributes\":{}}}";

    @TempDir
    Path folder;

    private RecordedNode node;

    @BeforeEach
    void start() throws IOException {
        node = new RecordedNode();
        Files.createDirectories(folder.resolve("jobs"));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void expect(String... answers) {
        List<String> calls = new ArrayList<>();
        for (String answer : answers) {
            int status = answer.contains("\"errors\"") ? 500 : 200;
            calls.add("{\"status\":" + status + ",\"response\":" + Json.quote(answer) + "}");
        }
        node.expect(Json.read(calls.toString()));
    }

    private Run apply(String... more) {
        return new Run(folder)
                .call(Stream.concat(
                                Stream.of("--remote-node-url", "http://" + node.address(), "jobs", "apply", "jobs"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private List<String> asked() {
        return node.requests().stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    @Test
    void files_areSent_inOrder_andFindingsAreShown() throws IOException {
        Files.writeString(folder.resolve("jobs/b.toml"), "b = 1\n");
        Files.writeString(folder.resolve("jobs/a.toml"), "a = 1\n");
        Files.writeString(folder.resolve("jobs/notes.txt"), "not a job");
        expect(NO_JOBS, GOOD.replace("NAME", "a"), GOOD.replace("NAME", "b"), CREATED, CREATED);
        assertThat(apply().out()).isEqualTo("""
                create a.toml
                    + a = 1
                create b.toml
                    + b = 1
                look at a.toml:2:1: odd
                look at b.toml:2:1: odd
                2 created, 0 updated, 0 deleted, 0 unchanged.
                """);
        assertThat(asked())
                .containsExactly(
                        "GET /v2/job_specs?page=1&size=1000",
                        "POST /v2/jobs/lint",
                        "POST /v2/jobs/lint",
                        "POST /v2/jobs",
                        "POST /v2/jobs");
    }

    @Test
    void theFirstChangeThatIsRefused_isTheLast() throws IOException {
        Files.writeString(folder.resolve("jobs/a.toml"), "a = 1\n");
        Files.writeString(folder.resolve("jobs/b.toml"), "b = 1\n");
        expect(
                NO_JOBS,
                GOOD.replace("NAME", "a"),
                GOOD.replace("NAME", "b"),
                CREATED,
                "{\"errors\":[{\"detail\":\"no room\"}]}");
        Run run = apply();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("""
                create b.toml: no room
                1 changes were done; put it right and apply again
                """);
    }

    /** A mistyped path must not delete every job. */
    @Test
    void anEmptyFolder_orNone_isRefused_beforeTheNodeIsAsked() {
        assertThat(apply("--prune").err()).contains("there is no .toml file in").contains("nothing was changed");
        assertThat(new Run(folder).call("jobs", "apply", "nowhere").err()).contains("nowhere is not a folder");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void aFileThatIsNoText_isAFaultLikeOthers() throws IOException {
        Files.write(folder.resolve("jobs/a.toml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        expect(NO_JOBS);
        Run run = apply();
        assertThat(run.err()).isEqualTo("a.toml: the file is not text in UTF-8\nNothing was changed.\n");
        assertThat(run.exit()).isEqualTo(1);
    }
}
