package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ApiGeneration;
import io.carabiner.evm.StoredBlock;
import io.carabiner.primitives.Hash32;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a Go node was recorded to answer is asked of this node, in the same order, and compared to the letter. */
class RecordedAnswersTest {

    /** Where this node answers differently on purpose: docs/differences.md has the reasons. */
    private record Deviation(int status, String body) {}

    private static final Map<String, Deviation> DEVIATIONS = Map.ofEntries(
            Map.entry("login-unknown-mail", new Deviation(401, "{\"errors\":[{\"detail\":\"Invalid password\"}]}")),
            Map.entry(
                    "build-info",
                    new Deviation(
                            200, "{\"commitSHA\":\"0123456789abcdef0123456789abcdef01234567\",\"version\":\"0.1.0\"}")),
            Map.entry(
                    "features",
                    new Deviation(
                            200,
                            "{\"data\":[{\"type\":\"features\",\"id\":\"csa\",\"attributes\":{\"enabled\":true}},"
                                    + "{\"type\":\"features\",\"id\":\"feeds_manager\","
                                    + "\"attributes\":{\"enabled\":false}}]}")),
            Map.entry("job-update-unknown", new Deviation(404, "(?s).*JobSpec not found.*")),
            Map.entry("unknown-asset", new Deviation(404, "")),
            Map.entry("livez", new Deviation(200, "")),
            Map.entry("discovery", new Deviation(200, "(?s).*\"oracle-1:0\".*\"__metrics_path__\":\"/metrics\".*")),
            Map.entry("index", page()),
            Map.entry("unknown-ui-path", page()),
            Map.entry("unknown-method", page()),
            Map.entry("117-debug-vars", new Deviation(200, "(?s)\\{\"cmdline\":.*\"memstats\":.*")),
            Map.entry("config", config()),
            Map.entry("config-v2", config()),
            Map.entry("config-v2-user-only", config()),
            Map.entry("log-set-sql", new Deviation(200, "(?s).*\\[\"warn\",\"false\"].*")),
            Map.entry("replay-2.31-names", new Deviation(200, "(?s).*\"ChainID\":\"1337\".*")),
            Map.entry("replay-2.31-names-force", new Deviation(200, "(?s).*\"ChainID\":\"1337\".*")),
            Map.entry("replay-no-chain", new Deviation(200, "(?s).*\"evmChainID\":\"1337\".*")),
            Map.entry("find-lca-no-chain", new Deviation(200, "(?s).*\"evmChainID\":\"1337\".*")),
            Map.entry("pprof", new Deviation(200, "(?s).*goroutine.*")),
            Map.entry("pprof-cmdline", new Deviation(200, "(?s).*java.*")),
            Map.entry("pprof-symbol", new Deviation(501, "(?s).*no profile symbol in Go's format.*")),
            Map.entry("pprof-goroutine-debug-1", new Deviation(200, "(?s).*java.base/.*")),
            Map.entry("pprof-heap", new Deviation(200, "(?s)bytes used, committed, most.*")),
            Map.entry("chains", new Deviation(200, "(?s).*\"evm_chain\",\"id\":\"1337\".*\"count\":1}}")),
            Map.entry("chains-evm-size-1-page-9", new Deviation(200, "{\"data\":[],\"meta\":{\"count\":1}}")),
            Map.entry("chains-nothing", new Deviation(200, "{\"data\":[],\"meta\":{\"count\":0}}")),
            Map.entry("chains-evm-999-nodes", new Deviation(404, "(?s).*relayer evm.999 does not exist.*")),
            Map.entry("nodes-evm-size-1-page-2", new Deviation(200, "(?s).*\"1337/send-only\".*\"count\":2}}")),
            Map.entry("nodes-evm-size-1-page-9", new Deviation(200, "(?s).*\"data\":\\[],\"meta\":\\{\"count\":2}}")),
            Map.entry("session-of-others-after-password-change", new Deviation(200, "{\"message\":\"pong\"}")),
            Map.entry("users-list-token-deleted", new Deviation(200, "(?s)((?!true).)*")),
            Map.entry(
                    "transfer-no-chain",
                    new Deviation(
                            422, "(?s).*balance is too low for this transaction to be executed: .u003cnil.u003e.*")),
            Map.entry("transfer-empty", new Deviation(400, "(?s).*amount is missing.*")),
            Map.entry("forwarder-track-no-chain", new Deviation(422, "(?s).*evmChainId is missing.*")),
            Map.entry("forwarder-track-no-address", new Deviation(422, "(?s).*address is missing.*")),
            Map.entry("forwarder-track-empty", new Deviation(422, "(?s).*evmChainId is missing.*")),
            Map.entry("forwarders", new Deviation(200, "(?s).*\"id\":\"4\".*\"id\":\"2\".*\"meta\":\\{\"count\":3}}")),
            Map.entry(
                    "forwarders-page-2",
                    new Deviation(200, "(?s).*page=3.{1,6}size=1.*page=1.{1,6}size=1.*\"id\":\"2\".*\"count\":3}}")),
            Map.entry("bridge-create-capitals", new Deviation(200, "(?s).*1\\\\u0026y=%3C2%3E.*")),
            Map.entry("bridges", new Deviation(200, "(?s).*1\\\\u0026y=%3C2%3E.*\"meta\":\\{\"count\":7}}")),
            Map.entry("bridge-delete", new Deviation(200, "(?s).*1\\\\u0026y=%3C2%3E.*")),
            Map.entry(
                    "users-list-with-token",
                    new Deviation(200, "(?s).*view@b.test\",\"role\":\"view\",\"hasActiveApiToken\":\"true\".*")));

    /** Our own page for people stands where the Go node's interface is. */
    private static Deviation page() {
        return new Deviation(200, "(?s).*<h1>Carabiner</h1>.*");
    }

    /** What the TOML says is compared in the room of the configuration. */
    private static Deviation config() {
        return new Deviation(
                200,
                "(?s)\\{\"data\":\\{\"type\":\"configV2Resources\",\"id\":\"KEY\","
                        + "\"attributes\":\\{\"config\":\"A = 1.*");
    }

    private final Map<String, String> cookies = new HashMap<>();
    private final Map<String, Map<String, String>> tokens = new HashMap<>();
    private TestNode node;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder, ApiGeneration.V2_15);
        cookies.put("admin", node.loginAdmin());
        cookies.put("leaving", node.loginAdmin());
        cookies.put("forged", "clsession=MTczMDAwMDAwMHxmb3JnZWQ");
        tokens.put("wrong", Map.of("X-API-KEY", "0".repeat(32), "X-API-SECRET", "nothing"));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void whatNeedsNoLogin() throws Exception {
        replay(1, 1);
        replay(9, 24);
        replay(26, 32);
    }

    @Test
    void sessions() throws Exception {
        replay(100, 117);
    }

    @Test
    void users() throws Exception {
        replay(120, 178);
    }

    @Test
    void bridges() throws Exception {
        usersOfEveryRole();
        replay(200, 249);
    }

    @Test
    void externalInitiators() throws Exception {
        usersOfEveryRole();
        replay(260, 278);
    }

    @Test
    void jobs_thatAreRefused() throws Exception {
        usersOfEveryRole();
        replay(500, 500);
        replay(577, 589);
        replay(613, 631);
    }

    @Test
    void runs_thatAreRefused() throws Exception {
        usersOfEveryRole();
        replay(704, 732);
        replay(738, 739);
        replay(743, 744);
    }

    @Test
    void transactions_thatAreNotThere() throws Exception {
        usersOfEveryRole();
        replay(807, 808);
        replay(893, 893);
        replay(922, 922);
    }

    @Test
    void transfers_thatAreRefused() throws Exception {
        usersOfEveryRole();
        replay(813, 813);
        replay(816, 830);
        assertThat(node.sender.requests).isEmpty();
    }

    @Test
    void forwarders() throws Exception {
        usersOfEveryRole();
        replay(858, 874);
    }

    @Test
    void chainsAndNodes() throws Exception {
        usersOfEveryRole();
        replay(840, 857);
    }

    @Test
    void configuration() throws Exception {
        usersOfEveryRole();
        replay(890, 893);
    }

    @Test
    void readingBlocksAgain() throws Exception {
        usersOfEveryRole();
        Hash32 hash = Hash32.fromHex("0xcf247074970144412784263950850aa39f29cf8fb3adb106ba926d7fbf64b08f");
        node.logs.common = Optional.of(new StoredBlock(811, hash));
        replay(906, 921);
    }

    @Test
    void theProcess() throws Exception {
        usersOfEveryRole();
        replay(923, 928);
    }

    @Test
    void errorsOfJobs() throws Exception {
        usersOfEveryRole();
        replay(951, 954);
    }

    @Test
    void logLevel() throws Exception {
        usersOfEveryRole();
        node.call("PATCH", "/v2/log", Map.of("cookie", cookies.get("admin")), "{\"level\":\"info\"}");
        replay(894, 905);
    }

    private void usersOfEveryRole() throws Exception {
        for (Role role : Role.values()) {
            if (role != Role.ADMIN) {
                node.accounts.create(role.word() + "@b.test", "Sixteen-chars-pw2!", role);
                cookies.put(role.word(), node.login(role.word() + "@b.test", "Sixteen-chars-pw2!"));
            }
        }
    }

    private void replay(int first, int last) throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Recorded recorded : Recorded.between(first, last).toList()) {
            HttpResponse<String> answer =
                    node.call(recorded.method(), recorded.path(), headers(recorded), recorded.body());
            compare(softly, recorded, answer);
            remember(recorded, answer);
        }
        softly.assertAll();
    }

    private static void compare(SoftAssertions softly, Recorded recorded, HttpResponse<String> answer) {
        Optional<Deviation> deviation = Optional.ofNullable(DEVIATIONS.get(recorded.name()))
                .or(() -> Optional.ofNullable(DEVIATIONS.get(recorded.toString())));
        softly.assertThat(answer.statusCode())
                .as(recorded + " status")
                .isEqualTo(deviation.map(Deviation::status).orElse(recorded.status()));
        String body = Recorded.masked(answer.body());
        String expected = deviation.map(Deviation::body).orElse(Recorded.masked(recorded.answer()));
        if (expected.startsWith("(?s)")) {
            softly.assertThat(body).as(recorded + " body").matches(expected);
        } else {
            softly.assertThat(body).as(recorded + " body").isEqualTo(expected);
        }
        if (deviation.isEmpty()) {
            LinkedHashMap<String, String> headers = new LinkedHashMap<>();
            recorded.headers()
                    .keySet()
                    .forEach(name ->
                            headers.put(name, answer.headers().firstValue(name).orElse("absent")));
            softly.assertThat(headers).as(recorded + " headers").isEqualTo(recorded.headers());
        }
    }

    private Map<String, String> headers(Recorded recorded) {
        LinkedHashMap<String, String> headers = new LinkedHashMap<>(recorded.requestHeaders());
        headers.remove("cookie");
        headers.keySet().removeIf(name -> name.startsWith("x-api"));
        if (recorded.role().startsWith("token:")) {
            headers.putAll(tokens.get(recorded.role().substring("token:".length())));
        } else if (recorded.role().startsWith("ei:") && tokens.containsKey(recorded.role())) {
            headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("x-chainlink"));
            headers.putAll(tokens.get(recorded.role()));
        } else if (cookies.containsKey(recorded.role())) {
            headers.put("cookie", cookies.get(recorded.role()));
        }
        return headers;
    }

    /** Users log in once they are made; the token that is used later is the first one. */
    private void remember(Recorded recorded, HttpResponse<String> answer) throws Exception {
        boolean made = recorded.name().startsWith("user-create") && answer.statusCode() == 200;
        if (made) {
            String email = TestNode.json(answer).get("data").get("id").stringValue();
            cookies.put(email.substring(0, email.indexOf('@')), node.login(email, "Sixteen-chars-pw2!"));
        }
        if (recorded.name().equals("ei-create")) {
            JsonNode keys = TestNode.json(answer).get("data").get("attributes");
            tokens.put(
                    "ei:ei-one",
                    Map.of(
                            "X-Chainlink-EA-AccessKey",
                                    keys.get("incomingAccessKey").stringValue(),
                            "X-Chainlink-EA-Secret", keys.get("incomingSecret").stringValue()));
        }
        if (recorded.name().equals("token")) {
            JsonNode token = TestNode.json(answer).get("data").get("attributes");
            tokens.put(
                    "view",
                    Map.of(
                            "X-API-KEY", token.get("accessKey").stringValue(),
                            "X-API-SECRET", token.get("secret").stringValue()));
        }
    }

    @Test
    void everyDeviation_isAboutARecordedCase() {
        assertThat(Recorded.between(0, 999)
                        .flatMap(recorded -> Stream.of(recorded.name(), recorded.toString()))
                        .toList())
                .containsAll(DEVIATIONS.keySet());
    }
}
