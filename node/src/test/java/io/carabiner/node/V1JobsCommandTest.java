package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.node.OperatorFolder.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator takes the jobs of an old node along. */
class V1JobsCommandTest {

    private static final String GOOD =
            "{\"name\": \"Get / one\", \"initiators\": [{\"type\": \"web\"}], \"tasks\": [{\"type\": \"ea\"}]}";
    private static final String BAD =
            "{\"name\": \"late\", \"initiators\": [{\"type\": \"runat\"}], \"tasks\": [{\"type\": \"ea\"}]}";

    @TempDir
    Path folder;

    private OperatorFolder files;

    @BeforeEach
    void writeJobs() throws IOException {
        files = OperatorFolder.withGoodFiles(folder, "postgres://nobody@127.0.0.1:1/none");
        files.write("jobs.json", "[" + GOOD + "," + BAD + "]");
    }

    @Test
    void specsArePrinted_andWhatIsLeftOutIsTold() {
        Told told = files.run("jobs", "convert-v1", "jobs.json", "--evm-chain-id", "5");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out())
                .contains("type = \"webhook\"", "name = \"Get / one\"")
                .doesNotContain("late");
        assertThat(told.err())
                .contains("# $[1].initiators[0].type: no job of today runs once at a given time")
                .contains("# 1 specs written")
                .doesNotContain("for chain 1");
    }

    @Test
    void json_isOneDocumentForScripts() {
        Told told = files.run("jobs", "convert-v1", "--json", "jobs.json");

        JsonNode answer = JsonMapper.shared().readTree(told.out());
        assertThat(answer.at("/converted/0/name").asString()).isEqualTo("Get / one");
        assertThat(answer.at("/converted/0/toml").asString()).contains("observationSource");
        assertThat(answer.at("/notConverted/1/path").asString()).isEqualTo("$[1].initiators[0].type");
        assertThat(told.err()).contains("give --evm-chain-id if the old node was on another");
    }

    @Test
    void aFolder_getsOneFileASpec_andNoneIsOverwritten() throws IOException {
        Told first = files.run("jobs", "convert-v1", "jobs.json", "--output", "specs");
        Path spec = folder.resolve("specs/Get-one.toml");
        Files.writeString(spec, "mine");
        Told second = files.run("jobs", "convert-v1", "jobs.json", "--output", "specs");

        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).isEmpty();
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("specs/Get-one.toml exists already");
        assertThat(spec).hasContent("mine");
        try (Stream<Path> written = Files.list(folder.resolve("specs"))) {
            assertThat(written).containsExactly(spec);
        }
    }

    @Test
    void whatCannotBeRead_exitsWithOne_andSaysWhy() throws IOException {
        files.write("half.json", GOOD.substring(0, 40));
        files.write("large.json", " ".repeat(10 * 1024 * 1024));

        for (List<String> mistake : List.of(
                List.of("absent.json", "open absent.json: no such file or directory"),
                List.of("half.json", "half.json: the file is not JSON (line 1)"),
                List.of("large.json", "large.json: the file is larger than"))) {
            Told told = files.run("jobs", "convert-v1", mistake.getFirst());

            assertThat(told.exitCode()).isEqualTo(1);
            assertThat(told.out()).isEmpty();
            assertThat(told.err()).contains(mistake.getLast());
        }
    }
}
