package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** What the recorded calls do not show: where flags may stand, what is kept in files, what the help says. */
class CliTest {

    private static final String EMPTY_LIST =
            "{\"status\":200,\"response\":\"{\\\"data\\\":[],\\\"meta\\\":{\\\"count\\\":0}}\"}";
    private static final String SESSION = "{\"path\":\"/sessions\",\"status\":200,\"response\":\"{}\"}";

    @TempDir
    Path folder;

    private RecordedNode node;

    @BeforeEach
    void start() throws IOException {
        node = new RecordedNode();
        Files.writeString(folder.resolve("api"), "a@b.test\nSixteen-chars-pw1!\n");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void expect(String... exchanges) {
        node.expect(Json.read("[" + String.join(",", exchanges) + "]"));
    }

    private static String fine(String body) {
        return "{\"status\":200,\"response\":" + Json.quote(body) + "}";
    }

    private String url() {
        return "http://" + node.address();
    }

    private Run call(String... arguments) {
        return new Run(folder).call(arguments);
    }

    private static String[] words(String line) {
        return line.split(" ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--remote-node-url URL bridges list --page 3",
                "-remote-node-url URL bridges list -page 3",
                "-remote-node-url=URL bridges list --page=3",
                "--insecure-skip-verify=false --remote-node-url URL bridges list -page=3",
                "--remote-node-url http://nowhere.invalid --remote-node-url URL bridges list --page 3 extra"
            })
    void flags_areReadByTheRulesOfGo(String line) {
        expect(EMPTY_LIST);

        Run run = call(words(line.replace("URL", url())));

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(node.requests()).extracting(RecordedNode.Request::path).containsExactly("/v2/bridge_types?page=3");
    }

    @Test
    void flagsOfAVerb_mayStandBehindItsArguments_andArgumentsMayLookLikeFlags() {
        expect("{\"status\":404,\"response\":\"{}\"}", "{\"status\":404,\"response\":\"{}\"}");

        call("--remote-node-url", url(), "keys", "eth", "delete", "0xAb", "-y");
        call("--remote-node-url", url(), "keys", "eth", "delete", "--yes=true", "--", "--0xCd");

        assertThat(node.requests())
                .extracting(RecordedNode.Request::path)
                .containsExactly("/v2/keys/evm/0xAb", "/v2/keys/evm/--0xCd");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jobs list --json|flag provided but not defined: -json
            jobs list --page=x|invalid value "x" for flag -page: parse error
            keys eth delete --yes=perhaps|invalid boolean value "perhaps" for -yes: parse error
            keys eth chain --enable|Required flags "address, evmChainID" not set
            keys eth export -o|flag needs an argument: -o
            """)
    void mistakes_areNamed_andHelpIsGiven(String line, String complaint) {
        Run run = call(words(line));

        assertThat(run.err()).isEqualTo("Error running app: " + complaint + "\n");
        assertThat(run.out()).contains("Usage: carabiner " + line.substring(0, line.indexOf(" -")));
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void bridgesHealth_showsOneBridge_orAll() {
        String bridge = """
                {"id":"prices","attributes":{"name":"prices","circuit":"closed","answered":7,"p50Ms":12.3,"p95Ms":null}}
                """.strip();
        String one = fine("{\"data\":" + bridge + "}");
        String list = fine("{\"data\":[" + bridge + "],\"meta\":{\"count\":1}}");
        expect(one, list, one);

        Run named = call("--remote-node-url", url(), "bridges", "health", "prices");
        Run all = call("--remote-node-url", url(), "bridges", "health");

        assertThat(named.out()).contains("prices", "closed", "12.3");
        assertThat(all.out()).contains("prices", "closed", "12.3");
        assertThat(node.requests())
                .extracting(RecordedNode.Request::path)
                .containsExactly(
                        "/v2/bridge_types/prices/health",
                        "/v2/bridge_types?size=1000",
                        "/v2/bridge_types/prices/health");
    }

    @Test
    void environment_completesTheFlags() throws IOException {
        expect("{\"status\":401,\"response\":\"{}\"}", SESSION, EMPTY_LIST);

        Run run = new Run(folder)
                .with("CLIENT_NODE_URL", url())
                .with("ADMIN_CREDENTIALS_FILE", "api")
                .call("jobs", "list");

        assertThat(run.exit()).isZero();
        assertThat(node.requests())
                .extracting(RecordedNode.Request::path)
                .containsExactly("/v2/jobs", "/sessions", "/v2/jobs");
        assertThat(node.requests().getLast().cookie()).contains("clsession=abc123==");
    }

    @Test
    void session_isKeptForItsOwnerOnly_whereTheGoNodeKeepsIt() throws IOException {
        expect(SESSION, "{\"status\":200,\"response\":\"{}\"}", EMPTY_LIST, "{\"status\":200,\"response\":\"{}\"}");
        String cache = folder.resolve("cache").toString();
        Path cookie = folder.resolve("cache/chainlink/cookies/cookie");

        new Run(folder)
                .with("XDG_CACHE_HOME", cache)
                .call("--remote-node-url", url(), "admin", "login", "--file", "api", "--bypass-version-check");

        assertThat(cookie).hasContent("clsession=abc123==; Max-Age=2592000; HttpOnly");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cookie)))
                .isEqualTo("rw-------");
        new Run(folder).with("XDG_CACHE_HOME", cache).call("--remote-node-url", url(), "jobs", "list");
        assertThat(node.requests().getLast().cookie()).contains("clsession=abc123==");
        new Run(folder).with("XDG_CACHE_HOME", cache).call("--remote-node-url", url(), "admin", "logout");
        assertThat(cookie).isEmptyFile();
        try (Stream<Path> files = Files.list(cookie.resolveSibling("."))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void nodeOfAnotherBuild_undoesTheLogin_unlessAskedFor() {
        String other =
                "{\"status\":200,\"response\":\"{\\\"version\\\":\\\"9.9.9\\\",\\\"commitSHA\\\":\\\"abc\\\"}\"}";
        expect(SESSION, other, SESSION, other);

        Run refused = new Run(folder)
                .build(new BuildInfo("0.1.0", "def"))
                .call("--remote-node-url", url(), "admin", "login", "--file", "api");
        Run afterwards = call("--remote-node-url", url(), "jobs", "list");
        Run accepted = call("--remote-node-url", url(), "admin", "login", "--file", "api", "--bypass-version-check");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).startsWith("error: CLI build (0.1.0@def) mismatches remote node build (9.9.9@abc)");
        assertThat(afterwards.err()).isEqualTo("Cookie not in file, you must first login through the CLI\n");
        assertThat(accepted.out()).isEqualTo("Successfully Logged In.\n");
    }

    @Test
    void secondAnswer_isHeard() {
        Run run =
                new Run(folder).piped("maybe\nno\n").call("--remote-node-url", url(), "keys", "eth", "delete", "0xAb");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("maybe is not valid. Please type yes or no");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void keyIsNotExported_beforeItIsKnownWhereTo() throws IOException {
        Files.writeString(folder.resolve("pw"), "secret");

        Run run = call("--remote-node-url", url(), "keys", "eth", "export", "0xAb", "--new-password", "pw");

        assertThat(run.err()).isEqualTo("Must specify --output/-o flag\n");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void exportedKey_isForItsOwnerOnly() throws IOException {
        Files.writeString(folder.resolve("pw"), "secret");
        expect("{\"status\":200,\"response\":\"{}\"}");

        call("--remote-node-url", url(), "keys", "eth", "export", "0xAb", "-p", "pw", "-o", "key.json");

        Path file = folder.resolve("key.json");
        assertThat(file).hasContent("{}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void runs_areListedAndShown() {
        String run = "{\"type\":\"pipelineRun\",\"id\":\"7\",\"attributes\":{\"outputs\":[\"100\"],\"errors\":[null],"
                + "\"fatalErrors\":[null],\"taskRuns\":[{\"type\":\"memo\",\"output\":\"100\",\"error\":null,"
                + "\"dotId\":\"a\"}],\"createdAt\":\"2026-11-20T23:58:03.6Z\",\"finishedAt\":\"2026-11-20T23:58:03.7Z\","
                + "\"pipelineSpec\":{\"id\":1,\"jobID\":3}}}";
        expect(answer("{\"data\":[" + run + "]}"), answer("{\"data\":" + run + "}"));

        Run list = call("--remote-node-url", url(), "runs", "list", "--job", "3", "--page", "2");
        Run show = call("--remote-node-url", url(), "runs", "show", "7");

        assertThat(list.out()).contains("║  7 ║   3 ║ completed ║ 2026-11-20 23:58:03.6 +0000    ║");
        assertThat(show.out()).endsWith("\na  memo\n    → output  100\n");
        assertThat(node.requests())
                .extracting(RecordedNode.Request::path)
                .containsExactly("/v2/jobs/3/runs?page=2", "/v2/jobs/0/runs/7");
    }

    @Test
    void rpcEndpointsAndUsage_areShown() {
        String endpoint = "{\"type\":\"rpcEndpoints\",\"id\":\"1/main\",\"attributes\":{\"evmChainID\":\"1\","
                + "\"name\":\"main\",\"state\":\"Unreachable\",\"problem\":\"RPC endpoint main: connection refused\","
                + "\"health\":0,\"block\":null,\"lagBlocks\":0,\"p50Millis\":12,\"p95Millis\":null,"
                + "\"errorRate\":0.25,\"callsToday\":77}}";
        String usage = "{\"type\":\"rpcUsages\",\"id\":\"1\",\"attributes\":{\"evmChainID\":\"1\","
                + "\"day\":\"2026-01-01\",\"callsToday\":77,\"dailyCallsMax\":1000,\"calls\":[{\"endpoint\":\"main\","
                + "\"consumer\":\"txm\",\"method\":\"eth_call\",\"calls\":7},{\"endpoint\":\"main\",\"consumer\":\"logs\","
                + "\"method\":\"eth_getLogs\",\"calls\":70}]}}";
        expect(answer("{\"data\":[" + endpoint + "]}"), answer("{\"data\":[" + usage + "]}"));

        Run endpoints = call("--remote-node-url", url(), "rpc", "endpoints");
        Run used = call("--remote-node-url", url(), "rpc", "usage");

        assertThat(endpoints.out())
                .contains("║ Unreachable ║      0 ║ ?     ║   0 ║ 12 / -     ║  25.0% ║          77 ║")
                .contains("RPC endpoint main: connection refused");
        assertThat(endpoints.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(used.out())
                .contains("RPC calls of chain 1 on 2026-01-01 (UTC): 77 of 1000")
                .containsSubsequence("logs", "eth_getLogs", "txm", "eth_call");
    }

    private static String answer(String body) {
        return "{\"status\":200,\"response\":" + Json.quote(body) + "}";
    }

    @Test
    void anotherServer_isNotTakenForANode() {
        expect("{\"status\":200,\"response\":\"<html>hello</html>\"}");

        Run run = call("--remote-node-url", url(), "jobs", "list");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("check the address given with --remote-node-url");
    }

    @Test
    void everyCommand_hasHelp_andHelpAllNamesIt() {
        Run all = call("help-all");

        assertThat(all.out())
                .contains("admin login # ", "jobs create # ", "keys eth export # ", "txs evm list # ", "runs show # ");
        for (String line : all.out().lines().toList()) {
            String[] path = words(line.substring(0, line.indexOf(" # ")));
            List<String> words = new java.util.ArrayList<>(List.of(path));
            words.add("--help");
            Run help = call(words.toArray(String[]::new));
            assertThat(help.out())
                    .as(line)
                    .startsWith("Usage: carabiner ")
                    .contains(line.substring(line.indexOf(" # ") + 3));
            assertThat(help.exit()).isZero();
        }
    }

    @Test
    void helpTeachesByExample_inColourOnATerminalOnly() {
        Run plain = call("jobs", "create", "-h");
        Run coloured = new Run(folder).typing(List.of(), List.of()).call("jobs", "create", "-h");

        assertThat(plain.out())
                .contains("For example:", "carabiner jobs create job.toml")
                .doesNotContain("\u001b");
        assertThat(coloured.out()).contains("\u001b");
    }

    @Test
    void version_isThatOfTheBuild() {
        assertThat(call("--version").out())
                .isEqualTo("carabiner version 2.15.0@dee09c782c17de1e37e3a1cf625d430330532c6d\n");
        assertThat(call("-v").exit()).isZero();
    }

    @Test
    void commandsOfOthers_seeTheFlagsOfTheProgram() {
        Surroundings surroundings = Surroundings.ofProcess();
        Cli cli = new Cli("carabiner", surroundings, new BuildInfo("0", "0"));
        List<GlobalOptions> seen = new java.util.ArrayList<>();
        java.util.concurrent.Callable<Integer> body = () -> {
            seen.add(cli.globals());
            return 42;
        };
        cli.root().addSubcommand("own", CommandSpec.wrapWithoutInspection(body));

        int exit = cli.run("-c", "one.toml", "--config=two.toml", "-s", "secret.toml", "-j", "own");

        assertThat(exit).isEqualTo(42);
        assertThat(seen.getFirst().json()).isTrue();
        assertThat(seen.getFirst().configFiles())
                .containsExactly(surroundings.resolve("one.toml"), surroundings.resolve("two.toml"));
        assertThat(seen.getFirst().secretsFiles()).hasSize(1);
        assertThatThrownBy(() -> new Cli("x", surroundings, new BuildInfo("0", "0")).globals())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void passwords_areNeverPrinted() {
        Credentials credentials = new Credentials("a@b.test", "canary");
        JsonNode refused = Json.read("[{\"status\":500,\"response\":\"\"}]");
        node.expect(refused);

        Run run = new Run(folder)
                .typing(List.of("a@b.test"), List.of("canary"))
                .call("--remote-node-url", url(), "admin", "login");

        assertThat(credentials.toString()).doesNotContain("canary");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out() + run.err()).doesNotContain("canary").contains("500 Internal Server Error");
    }
}
