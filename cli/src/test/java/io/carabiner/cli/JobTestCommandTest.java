package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JobTestCommandTest {

    private static final String REPORT = """
            {"data": {"type": "jobTests", "id": "x", "attributes": {"name": "price", "type": "directrequest",
              "state": "STATE",
              "findings": [{"line": 12, "column": 5, "message": "task b: there is no variable $(c)"},
                           {"line": null, "column": null, "message": "no request was given"}],
              "tasks": [
                {"dotId": "a", "type": "http", "state": "completed", "input": {"url": "https://e.org/"},
                 "results": [], "output": "LONG", "error": null, "milliseconds": 120, "transaction": null},
                {"dotId": "b", "type": "ethtx", "state": "errored", "input": {"data": "0x0102"}, "results": ["7", "null"],
                 "output": null, "error": "the transaction would fail: why", "milliseconds": 3,
                 "transaction": {"evmChainID": "1", "from": "0xaa", "to": "0xbb", "data": "CALLDATA",
                  "gasLimit": 500000, "consumerRefuses": true, "gasEstimate": null, "returned": null, "revertReason": "why"}}]}}}
            """.replace("LONG", "x".repeat(JobTestCommand.VALUE_COLUMNS + 1))
            .replace("CALLDATA", "0x" + "01".repeat(200));

    @TempDir
    Path folder;

    private RecordedNode node;

    @BeforeEach
    void start() throws IOException {
        node = new RecordedNode();
        Files.writeString(folder.resolve("job.toml"), "type = \"directrequest\"\n");
        Files.writeString(folder.resolve("vars.json"), "{\"jobRun\": {\"meta\": 12345678901234567890123}}");
        Files.writeString(folder.resolve("broken.json"), "{\"jobRun\": ");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void expect(int status, String body) {
        node.expect(Json.read("[{\"status\":" + status + ",\"response\":" + Json.quote(body) + "}]"));
    }

    private Run test(String... more) {
        String[] words = new String[more.length + 5];
        String[] first = {"--remote-node-url", "http://" + node.address(), "jobs", "test", "job.toml"};
        System.arraycopy(first, 0, words, 0, first.length);
        System.arraycopy(more, 0, words, first.length, more.length);
        return new Run(folder).call(words);
    }

    private JsonNode sent() {
        return Json.read(node.requests().getFirst().body());
    }

    @Test
    void aReport_isShownForAPerson_withAllOfTheCalldata_andFailsIfTheRunDoes() {
        expect(200, REPORT.replace("STATE", "errored"));
        Run run = test("--request", "tx:0x12");
        assertThat(run.out()).isEqualTo("""
                Dry run of directrequest job "price": errored

                a  http  completed  120 ms
                    url  https://e.org/
                    → output  %s… (161 characters)

                b  ethtx  errored  3 ms
                    data  0x0102
                    after  7
                    → error  the transaction would fail: why
                    would send on chain 1
                      from  0xaa
                      to  0xbb
                      calldata  0x%s
                      gas limit  500000
                      the consumer's callback would fail: the Operator is paid and the answer is lost
                      would fail  why

                Look at
                  line 12, column 5: task b: there is no variable $(c)
                  no request was given

                Nothing was stored or sent.
                """.formatted("x".repeat(160), "01".repeat(200)));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(node.requests().getFirst().path()).isEqualTo("/v2/jobs/test");
        assertThat(sent().get("toml").asString()).isEqualTo("type = \"directrequest\"\n");
        assertThat(sent().get("request").asString()).isEqualTo("tx:0x12");
    }

    @Test
    void aReport_isShownForScripts_andSucceedsIfTheRunDoes() {
        expect(200, REPORT.replace("STATE", "completed"));
        Run run = new Run(folder)
                .call(
                        "--json",
                        "--remote-node-url",
                        "http://" + node.address(),
                        "jobs",
                        "test",
                        "job.toml",
                        "--vars",
                        "vars.json");
        assertThat(Json.read(run.out()).at("/tasks/1/transaction/revertReason").asString())
                .isEqualTo("why");
        assertThat(run.exit()).isZero();
        assertThat(sent().get("vars").toString()).isEqualTo("{\"jobRun\":{\"meta\":12345678901234567890123}}");
    }

    @Test
    void refusals_areShownOneALine() {
        expect(422, "{\"errors\":[{\"detail\":\"line 1, column 2: bad\"},{\"detail\":\"worse\"}]}");
        Run run = test();
        assertThat(run.err()).isEqualTo("line 1, column 2: bad\nworse\n");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void filesThatCannotBeRead_areNamed_andTheNodeIsNotAsked() {
        expect(200, "{}");
        assertThat(test("--log", "absent.json").err()).contains("absent.json");
        assertThat(test("--vars", "broken.json").err()).startsWith("--vars broken.json is not JSON: ");
        assertThat(node.requests()).isEmpty();
    }
}
