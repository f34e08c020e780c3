package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.devnet.NodeFolder;
import io.carabiner.node.OperatorFolder.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator looks after the jobs of a real node with the command line, while requests come in. */
class JobStoryTest {

    private static final String CLOCK = """
            type = "cron"
            schemaVersion = 1
            name = "clock"
            schedule = "CRON_TZ=UTC 0 0 0 1 1 *"
            observationSource = "a [type=memo value=1]"
            """;

    private static final String OLD_NAME = "\"get uint256\"";

    @TempDir
    Path folder;

    private static String answers(OracleWorld world) {
        return NodeFolder.job(
                OracleWorld.JOB,
                world.contracts().deployment().operator(),
                world.chain().chainId());
    }

    private Told cli(OracleWorld world, String... words) {
        List<String> all = new ArrayList<>(List.of(
                "--remote-node-url",
                world.node().url().toString(),
                "--admin-credentials-file",
                new NodeFolder(folder.resolve("node")).files().apiCredentials().toString()));
        all.addAll(List.of(words));
        return new OperatorFolder(folder).run(all.toArray(String[]::new));
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve("jobs").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void aFolderOfFiles_isWhatTheNodeDoes_andNoRequestIsLostMeanwhile() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder)) {
            write("feeds/answers.toml", answers(world).replace(OLD_NAME, "\"renamed\""));
            write("clock.toml", CLOCK);
            aFaultyFile_stopsAll_andEveryFaultHasItsPlace(world);
            aDryRun_showsWhatWouldBeDone_andExitsWithTwo(world);

            world.askTogether(2);
            assertThat(cli(world, "jobs", "apply", "jobs").out())
                    .endsWith("1 created, 1 updated, 0 deleted, 0 unchanged.\n");
            world.askTogether(2);
            Told again = cli(world, "jobs", "apply", "jobs", "--dry-run");
            assertThat(again.out())
                    .isEqualTo("0 to create, 0 to update, 0 to delete, 2 unchanged. Nothing was changed.\n");
            assertThat(again.exitCode()).isZero();

            jobsThatNoFileDescribes_areDeletedOnlyIfAskedFor(world);
            aPausedJob_answersAfterwards(world);
            aRollback_bringsTheOldSpecBack(world);

            world.askTogether(1);
            world.awaitAllSettled();
            world.assertEachAnsweredOnce();
        }
    }

    private void aFaultyFile_stopsAll_andEveryFaultHasItsPlace(OracleWorld world) throws IOException {
        write("broken.toml", CLOCK.replace("\"clock\"", "\"broken\"").replace("1 1 *\"", "1 1\""));
        write("worse.toml", "type = \"directrequest\"\nschemaVersion = \n");
        Told told = cli(world, "jobs", "apply", "jobs");
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err())
                .contains("broken.toml: while validating cron schedule")
                .contains("worse.toml:2:")
                .endsWith("Nothing was changed.\n");
        assertThat(world.database().query("SELECT string_agg(name, ',') FROM carabiner.jobs"))
                .isEqualTo("get uint256");
        Files.delete(folder.resolve("jobs/broken.toml"));
        Files.delete(folder.resolve("jobs/worse.toml"));
    }

    private void aDryRun_showsWhatWouldBeDone_andExitsWithTwo(OracleWorld world) {
        Told told = cli(world, "jobs", "apply", "jobs", "--dry-run");
        assertThat(told.exitCode()).as(told.err()).isEqualTo(2);
        assertThat(told.out())
                .startsWith("update job 1 \"get uint256\" from feeds/answers.toml\n      type = \"directrequest\"\n")
                .contains("    - name = \"get uint256\"\n    + name = \"renamed\"\n")
                .contains("create clock.toml\n    + type = \"cron\"\n")
                .endsWith("1 to create, 1 to update, 0 to delete, 0 unchanged. Nothing was changed.\n");
        assertThat(world.database().query("SELECT string_agg(name, ',') FROM carabiner.jobs"))
                .isEqualTo("get uint256");
    }

    private void jobsThatNoFileDescribes_areDeletedOnlyIfAskedFor(OracleWorld world) throws IOException {
        Files.delete(folder.resolve("jobs/clock.toml"));
        assertThat(cli(world, "jobs", "apply", "jobs", "--dry-run").exitCode()).isZero();
        assertThat(cli(world, "jobs", "apply", "jobs", "--prune").out())
                .isEqualTo("delete job 2 \"clock\"\n0 created, 0 updated, 1 deleted, 1 unchanged.\n");
        assertThat(cli(world, "jobs", "list").out()).contains("renamed").doesNotContain("clock");
    }

    private void aPausedJob_answersAfterwards(OracleWorld world) {
        assertThat(cli(world, "jobs", "pause", "1").out()).startsWith("Job paused\n");
        long before = world.sentCount();
        world.askTogether(1);
        world.awaitRow("SELECT count(*) FROM carabiner.direct_requests WHERE state = 'waiting'", "1");
        assertThat(world.sentCount()).isEqualTo(before);
        assertThat(cli(world, "jobs", "show", "1").out()).contains("'jobs resume 1' lets it go on");
        assertThat(cli(world, "jobs", "resume", "1").exitCode()).isZero();
        world.awaitAllSettled();
    }

    private void aRollback_bringsTheOldSpecBack(OracleWorld world) {
        assertThat(cli(world, "jobs", "history", "1").out()).contains("+1 -1");
        assertThat(cli(world, "jobs", "rollback", "1").out())
                .startsWith("Job rolled back to version 1\n")
                .contains("get uint256");
        assertThat(cli(world, "jobs", "history", "1", "--show", "3").out()).isEqualTo(answers(world));
    }

    /** A Go node says that such a run is completed. */
    @Test
    void aRunWithTooLittleGas_saysSo_andIsAnsweredOnceAfterTheJobWasPutRight() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder)) {
            String tooLittle = "gasLimit = 200000\n" + answers(world);
            write("low.toml", tooLittle);
            theLinter_knowsIt(world);
            assertThat(cli(world, "jobs", "update", "1", "jobs/low.toml").exitCode())
                    .isZero();
            world.askTogether(1);
            world.awaitRow("SELECT state FROM carabiner.runs", "errored");
            assertThat(cli(world, "runs", "show", "1").out())
                    .contains("reverted on-chain: its gas limit was 200000")
                    .contains("raise the job's gasLimit");
            assertThat(cli(world, "runs", "dead").out()).contains("errored").contains("200000");

            theReplay_fails_untilTheJobIsPutRight(world);
            world.awaitRow("SELECT string_agg(state, ',') FROM carabiner.txes", "finalized");
            assertThat(cli(world, "runs", "retry", "1").out()).startsWith("Run 1 is retried as run 2");
            world.awaitRow("SELECT string_agg(state, ',' ORDER BY id) FROM carabiner.runs", "errored,completed");
            world.assertOneAnswerOnChain();
            Told twice = cli(world, "runs", "retry", "1");
            assertThat(twice.exitCode()).isEqualTo(1);
            assertThat(twice.err()).contains("the run was retried as run 2");
            aRequestThatSomebodyElseAnswered_isNotRunAgain(world);
        }
    }

    private void theLinter_knowsIt(OracleWorld world) {
        Told told = cli(world, "jobs", "lint", "jobs/low.toml");
        assertThat(told.exitCode()).isZero();
        assertThat(told.out())
                .isEqualTo("look at jobs/low.toml:1:1: an Operator takes no answer that leaves the consumer less than"
                        + " 400000 gas: the transactions of this job would revert\n");
    }

    private void theReplay_fails_untilTheJobIsPutRight(OracleWorld world) throws IOException {
        Told before = cli(world, "runs", "replay", "1");
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.out())
                .startsWith("Run 1 of job 1: errored then, errored now\n")
                .contains("Must provide consumer enough gas");
        write("right.toml", answers(world));
        assertThat(cli(world, "jobs", "update", "1", "jobs/right.toml").exitCode())
                .isZero();
        Told after = cli(world, "runs", "replay", "1");
        assertThat(after.exitCode()).isZero();
        assertThat(after.out())
                .startsWith(
                        "Run 1 of job 1: errored then, completed now, with a specification that was changed since\n")
                .contains("multiply  multiply")
                .contains("  same\n    both  \"125\"\n")
                .contains("submit_tx  ethtx")
                .contains("    would send  0x")
                .endsWith("Nothing was stored or sent.\n");
    }

    /** The rows forget the retry; the chain does not. */
    private void aRequestThatSomebodyElseAnswered_isNotRunAgain(OracleWorld world) {
        world.database().execute("UPDATE carabiner.runs SET retried_as = NULL WHERE id = 1");
        world.database().execute("UPDATE carabiner.direct_requests SET run_id = 1");
        Told told = cli(world, "runs", "retry", "1");
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains("not retried: the request is answered on chain already");
    }

    @Test
    void aContractThatDoesNotKnowTheNode_isFoundByTheLinter() throws Exception {
        try (OracleWorld world = OracleWorld.withNode(folder)) {
            write(
                    "job.toml",
                    answers(world)
                            .replace("$(jobRun.logTopics)", "$(jobRun.logTopic)")
                            .replace("allowUnrestrictedNetworkAccess", "allowUnrestrictedNetworkAcess")
                            .replace(
                                    "abi=\"(bytes32 requestId, uint256 value)\"",
                                    "abi=\"(bytes32 requestId, uint257 value)\""));
            world.contracts().authorise(world.chain().accounts().getLast());
            Told told = cli(world, "jobs", "lint", "jobs/job.toml");
            assertThat(told.out().lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("look at jobs/job.toml:5:1: the contract 0x")
                            .contains("takes no answer of 0x")
                            .endsWith("its owner must call setAuthorizedSenders with one of them"))
                    .anySatisfy(line -> assertThat(line)
                            .contains("there is no variable $(jobRun.logTopic); did you mean logTopics?"))
                    .anySatisfy(line -> assertThat(line).contains("did you mean allowUnrestrictedNetworkAccess?"))
                    .anySatisfy(line -> assertThat(line).contains("uint257"))
                    .hasSize(4);
            assertThat(told.exitCode())
                    .as("nothing of this keeps a job from being made")
                    .isZero();
            write(
                    "elsewhere.toml",
                    answers(world)
                            .replaceFirst(
                                    "contractAddress = .*",
                                    "contractAddress = \"0x0000000000000000000000000000000000000001\""));
            assertThat(cli(world, "jobs", "lint", "jobs/elsewhere.toml").out())
                    .contains("there is no contract at 0x0000000000000000000000000000000000000001 on chain 1337");
            write("bad.toml", CLOCK.replace("memo value=1", "memo value=1]; a.b [type=memo"));
            Told bad = cli(world, "jobs", "lint", "jobs/bad.toml");
            assertThat(bad.exitCode()).isEqualTo(1);
            assertThat(bad.out()).startsWith("jobs/bad.toml:5:");
        }
    }
}
