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

class JobChangeCommandsTest {

    private static final String JOB = """
            {"data":{"type":"jobs","id":"3","attributes":{"name":"price","type":"cron",
             "cronSpec":{"createdAt":"2026-03-01T12:00:00Z"},"pipelineSpec":{"dotDagSource":"a [type=memo]"}}META}}""";

    private static final String HISTORY = """
            {"data":[
             {"type":"jobVersions","id":"2","attributes":{"version":2,"present":true,"since":"2026-03-02T12:00:00Z",
              "toml":"a\\nc\\nd\\n"}},
             {"type":"jobVersions","id":"1","attributes":{"version":1,"present":false,"since":"2026-03-01T12:00:00Z",
              "toml":"a\\nb\\n"}}]}""";

    @TempDir
    Path folder;

    private RecordedNode node;

    @BeforeEach
    void start() throws IOException {
        node = new RecordedNode();
        Files.writeString(folder.resolve("job.toml"), "type = \"cron\"\n");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** What the node answers, in this order. */
    private void expect(String... answers) {
        List<String> calls = new ArrayList<>();
        for (String answer : answers) {
            int status = answer.contains("\"errors\"") ? 404 : 200;
            calls.add("{\"status\":" + status + ",\"response\":" + Json.quote(answer) + "}");
        }
        node.expect(Json.read(calls.toString()));
    }

    private Run jobs(String... words) {
        return new Run(folder)
                .call(Stream.concat(
                                Stream.of("--remote-node-url", "http://" + node.address(), "jobs"), Stream.of(words))
                        .toArray(String[]::new));
    }

    private String sent() {
        RecordedNode.Request last = node.requests().getLast();
        return last.method() + " " + last.path() + " " + last.body();
    }

    @Test
    void anUpdate_sendsTheFile_andShowsTheJob() {
        expect(JOB.replace("META", ""));
        assertThat(jobs("update", "3", "job.toml").out())
                .startsWith("Job updated\n")
                .contains("price");
        assertThat(sent()).isEqualTo("PUT /v2/jobs/3 {\"toml\":\"type = \\\"cron\\\"\\n\"}");
    }

    @Test
    void aRefusal_orAMissingWord_isSaidInOneLine() {
        expect("{\"errors\":[{\"detail\":\"JobSpec not found\"}]}");
        assertThat(jobs("update", "9", "job.toml").err()).isEqualTo("JobSpec not found\n");
        assertThat(jobs("update", "9").err()).isEqualTo("must pass in TOML or filepath behind the number of the job\n");
        assertThat(jobs("pause").err()).isEqualTo("must provide the number of the job\n");
    }

    @Test
    void theHistory_isATable_orOneVersionAsItWasWritten() {
        expect(HISTORY);
        assertThat(jobs("history", "3").out())
                .contains("║       2 ║ 2026-03-02 12:00:00 +0000 UTC ║ yes     ║     3 ║ +2 -1   ║");
        expect(HISTORY);
        assertThat(jobs("history", "3", "--show", "1").out()).isEqualTo("a\nb\n");
        expect(HISTORY);
        assertThat(jobs("history", "3", "--show", "7").err()).isEqualTo("job 3 has no version 7\n");
    }

    @Test
    void aRollback_goesToTheVersionBefore_orTheOneThatIsNamed() {
        expect(HISTORY, JOB.replace("META", ",\"meta\":{\"version\":3}"));
        assertThat(jobs("rollback", "3").out()).startsWith("Job rolled back to version 1\n");
        assertThat(sent()).isEqualTo("POST /v2/jobs/3/rollback {\"version\":1}");
        expect(JOB.replace("META", ""));
        jobs("rollback", "3", "--to", "4");
        assertThat(sent()).isEqualTo("POST /v2/jobs/3/rollback {\"version\":4}");
    }

    @Test
    void aPausedJob_isSeenAsSuch() {
        String paused = JOB.replace("META", ",\"meta\":{\"paused\":true,\"version\":2}");
        expect(paused);
        assertThat(jobs("pause", "3").out()).startsWith("Job paused\n").contains("price (paused)");
        expect(paused);
        assertThat(jobs("show", "3").out()).endsWith("""
                        The job is paused and makes no runs: 'jobs resume 3' lets it go on
                        Version 2 of its spec: see 'jobs history 3'
                        """);
        expect(JOB.replace("META", ""));
        jobs("resume", "3", "--discard");
        assertThat(sent()).isEqualTo("POST /v2/jobs/3/resume {\"discard\":true}");
    }
}
