package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.audit.AuditEntry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL over HTTP: who may, what is written down, and how a body must look. */
class QueryApiTest {

    private static final String BRIDGE =
            "{ name: \"b\", url: \"http://a.test\", confirmations: 0, minimumContractPayment: \"0\" }";

    private final Map<String, Map<String, String>> callers = new LinkedHashMap<>();
    private TestNode node;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        callers.put("none", Map.of());
        for (Role role : List.of(Role.VIEW, Role.RUN, Role.EDIT)) {
            node.accounts.create(role.word() + "@b.test", "Sixteen-chars-pw2!", role);
            callers.put(role.word(), Map.of("cookie", node.login(role.word() + "@b.test", "Sixteen-chars-pw2!")));
        }
        callers.put("admin", Map.of("cookie", node.loginAdmin()));
        JsonNode token = ask(
                        "admin",
                        "mutation { createAPIToken(input: { password: \"" + TestNode.ADMIN_PASSWORD
                                + "\" }) { ... on CreateAPITokenSuccess { token { accessKey secret } } } }")
                .at("/data/createAPIToken/token");
        callers.put(
                "token",
                Map.of(
                        "X-API-KEY", token.get("accessKey").stringValue(),
                        "X-API-SECRET", token.get("secret").stringValue()));
        callers.put("ei", Map.of("X-Chainlink-EA-AccessKey", "key", "X-Chainlink-EA-Secret", "secret"));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private JsonNode ask(String caller, String document) throws Exception {
        HttpResponse<String> answer = post(caller, JsonMapper.shared().writeValueAsString(Map.of("query", document)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private HttpResponse<String> post(String caller, String body) throws Exception {
        return node.call("POST", "/query", callers.get(caller), body);
    }

    /** The least role of each mutation; queries need a session of any role. */
    private static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("createBridge(input: " + BRIDGE + ")", "edit"),
            Map.entry("updateBridge(id: \"x\", input: " + BRIDGE + ")", "edit"),
            Map.entry("deleteBridge(id: \"x\")", "edit"),
            Map.entry("createJob(input: { TOML: \"x\" })", "edit"),
            Map.entry("testJob(input: { TOML: \"x\" })", "edit"),
            Map.entry("deleteJob(id: 99)", "edit"),
            Map.entry("dismissJobError(id: 99)", "edit"),
            Map.entry("runJob(id: 99)", "run"),
            Map.entry("createCSAKey", "edit"),
            Map.entry("createOCRKeyBundle", "edit"),
            Map.entry("createOCR2KeyBundle(chainType: EVM)", "edit"),
            Map.entry("createP2PKey", "edit"),
            Map.entry("createVRFKey", "edit"),
            Map.entry("deleteCSAKey(id: \"x\")", "admin"),
            Map.entry("deleteOCRKeyBundle(id: \"x\")", "admin"),
            Map.entry("deleteOCR2KeyBundle(id: \"x\")", "admin"),
            Map.entry("deleteP2PKey(id: \"x\")", "admin"),
            Map.entry("deleteVRFKey(id: \"x\")", "admin"),
            Map.entry("setGlobalLogLevel(level: INFO)", "admin"),
            Map.entry("setSQLLogging(input: { enabled: false })", "admin"),
            Map.entry("createAPIToken(input: { password: \"x\" })", "view"),
            Map.entry("deleteAPIToken(input: { password: \"x\" })", "view"),
            Map.entry("updateUserPassword(input: { oldPassword: \"x\", newPassword: \"y\" })", "view"),
            Map.entry("enableFeedsManager(id: 1)", "edit"),
            Map.entry("disableFeedsManager(id: 1)", "edit"),
            Map.entry("approveJobProposalSpec(id: 1)", "edit"),
            Map.entry("cancelJobProposalSpec(id: 1)", "edit"),
            Map.entry("rejectJobProposalSpec(id: 1)", "edit"),
            Map.entry("deleteFeedsManagerChainConfig(id: 1)", "edit"));

    @Test
    void everyMutation_needsItsRole_andOnlySessionsCount() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Map.Entry<String, String> row : NEEDED.entrySet()) {
            for (String caller : callers.keySet()) {
                String answer = ask(caller, "mutation { " + row.getKey() + " { __typename } }")
                        .toString();
                softly.assertThat(verdict(answer))
                        .as(row.getKey() + " as " + caller)
                        .isEqualTo(expected(caller, row.getValue()));
            }
        }
        softly.assertAll();
    }

    @Test
    void everyQuery_needsASession() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (String query : List.of("bridges", "chains", "jobs", "jobRuns", "nodes", "ethTransactions", "features")) {
            for (String caller : callers.keySet()) {
                softly.assertThat(verdict(
                                ask(caller, "{ " + query + " { __typename } }").toString()))
                        .as(query + " as " + caller)
                        .isEqualTo(expected(caller, "view"));
            }
        }
        softly.assertAll();
    }

    private static String expected(String caller, String needed) {
        return Role.ofWord(caller)
                .map(role -> role.mayActAs(Role.ofWord(needed).orElseThrow()) ? "asked" : "not permitted")
                .orElse("unauthorized");
    }

    private static String verdict(String answer) {
        if (answer.contains("UNAUTHORIZED")) {
            return "unauthorized";
        }
        assertThat(answer).doesNotContain("GRAPHQL_UNEXPECTED");
        return answer.contains("Not permitted with current role") ? "not permitted" : "asked";
    }

    @Test
    void changes_standInTheAuditLog_thoseThatFailedDoNot() throws Exception {
        ask("edit", "mutation { createBridge(input: " + BRIDGE + ") { __typename } }");
        ask("edit", "mutation { deleteBridge(id: \"nothing\") { __typename } }");
        ask("view", "mutation { deleteBridge(id: \"b\") { __typename } }");
        ask("edit", "mutation { deleteBridge(id: \"b\") { __typename } }");

        List<AuditEntry> newest = node.audit.newest(0, 2);
        assertThat(newest).extracting(AuditEntry::actor).containsOnly("edit@b.test");
        assertThat(newest).extracting(AuditEntry::origin).containsOnly("127.0.0.1");
        assertThat(newest.toString()).contains("BRIDGE_DELETED").contains("BRIDGE_CREATED");
    }

    @Test
    void bodyThatIsNoDocument_isRefusedInTheGoNodesWords() throws Exception {
        assertThat(post("view", "{\"query\":").statusCode()).isEqualTo(400);
        assertThat(post("view", "").body()).isEqualTo("EOF\n");
        assertThat(post("view", "[{\"query\":\"{ __typename }\"}]").body())
                .startsWith("json: cannot unmarshal array into Go value of type struct {");
        assertThat(post("view", "{}").body())
                .isEqualTo("{\"errors\":[{\"message\":\"no operations in query document\"}]}");
        assertThat(post("view", "{\"query\":\"" + "x".repeat(40_000) + "\"}").statusCode())
                .isEqualTo(413);
    }
}
