package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.node.OperatorFolder.Told;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong without keeping a node from running: job specs, and endpoints that do not do what they should. */
class RunningMistakesTest {

    private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestChain otherChain;
    private static NumberPage page;
    private static OperatorFolder files;
    private static RunningNode node;

    @BeforeAll
    static void startNode() throws IOException, InterruptedException {
        database = TestDatabase.create();
        otherChain = TestChain.start();
        page = NumberPage.start();
        files = OperatorFolder.withGoodFiles(folder, database.url());
        int otherPort = otherChain.httpUrl().getPort();
        files.write(
                "config.toml",
                files.goodConfig() + endpoint("other-chain", otherPort) + endpoint("web-page", page.port()));
        node = files.startWithin();
    }

    private static String endpoint(String name, int port) {
        return """
                [[EVM.Nodes]]
                Name = '%s'
                WSURL = 'ws://127.0.0.1:%d'
                HTTPURL = 'http://127.0.0.1:%d'
                """.formatted(name, port, port);
    }

    @AfterAll
    static void stop() {
        node.close();
        page.close();
        otherChain.close();
        database.close();
    }

    @Test
    void endpointsThatCannotBeUsed_areEachToldInTheLog_andHealthFails() throws IOException {
        Eventually.until(
                "each endpoint is told of",
                TOLD_WITHIN,
                () -> log().contains("web-page") && log().contains("other-chain") && log().contains("closed"),
                RunningMistakesTest::log);
        assertThat(log())
                .contains("RPC endpoint closed (http://127.0.0.1:1): connection refused: check that the endpoint runs"
                        + " and that HTTPURL has the right host and port")
                .contains("RPC endpoint other-chain (" + otherChain.httpUrl() + "): serves chain 1337, but ChainID is"
                        + " 4242: check HTTPURL; the endpoint is not used until it serves chain 4242")
                .contains("RPC endpoint web-page (http://127.0.0.1:" + page.port()
                        + "): HTTP status 404: nothing speaks" + " JSON-RPC at this path: check HTTPURL");
        Told health = files.run("--remote-node-url", url(), "health");
        assertThat(health.out()).contains("!  EVM.4242\n\tno live nodes available for chain 4242\n");
    }

    private static String url() {
        return "http://127.0.0.1:" + node.httpPort();
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aJobSpecThatIsWrong_isToldInWords_andNoJobIsMade(JobMistake mistake) throws IOException {
        files.write("job.toml", mistake.spec());
        assertThat(createJob()).isEqualTo(new Told(1, mistake.told(), ""));
        assertThat(database.query("SELECT count(*) FROM carabiner.jobs")).isEqualTo("0");
    }

    @Test
    void aJobSpecThatIsNotThere_isToldInWords() throws IOException {
        files.write("job.toml", OperatorFolder.ABSENT);
        assertThat(createJob()).isEqualTo(new Told(1, "", "invalid TOML or file not found 'FOLDER/job.toml'\n"));
    }

    private static Told createJob() {
        return files.run(
                "--remote-node-url",
                url(),
                "--admin-credentials-file",
                folder.resolve("api").toString(),
                "jobs",
                "create",
                folder.resolve("job.toml").toString());
    }
}
