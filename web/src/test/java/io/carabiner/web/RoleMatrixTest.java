package io.carabiner.web;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every route, called as every role with an id that is not there and a body that is not JSON, as recorded from a Go
 * node.
 */
class RoleMatrixTest {

    /** Answers that differ on purpose; docs/differences.md has the reasons. Of a status list the roles are in order. */
    private static final Map<String, List<Integer>> DEVIATIONS = Map.of(
            // A chain id is not needed where there is only one chain.
            "POST /v2/keys/evm", List.of(401, 401, 401, 200, 200, 200),
            "POST /v2/keys/eth", List.of(401, 401, 401, 200, 200, 200),
            // Nothing fails here, so it is healthy.
            "GET /health", List.of(200, 200, 200, 200, 200, 200));

    private static final List<String> ROLES = List.of("none", "view", "run", "edit", "admin", "token");

    /** Routes that the recording of the roles does not have. */
    private static final Set<String> NOT_RECORDED = Set.of(
            "POST /sessions",
            "DELETE /sessions",
            "GET /health.txt",
            "POST /query",
            "GET /livez",
            "GET /metrics",
            "POST /v2/jobs/test",
            "POST /v2/jobs/lint",
            "GET /v2/job_specs",
            "GET /v2/jobs/:ID/history",
            "POST /v2/jobs/:ID/rollback",
            "POST /v2/jobs/:ID/pause",
            "POST /v2/jobs/:ID/resume",
            "POST /v2/keys/eth/chain",
            "POST /v2/keys/eth/restore/:address",
            "POST /v2/keys/evm/restore/:address",
            "GET /v2/audit",
            "GET /v2/audit/verify",
            "GET /v2/bridge_types/:BridgeName/health",
            "GET /v2/pipeline/runs/dead",
            "POST /v2/pipeline/runs/:runID/retry",
            "GET /v2/chains",
            "GET /v2/chains/:network",
            "GET /v2/chains/:network/:ID/nodes",
            "GET /plugins/:name/metrics",
            "GET /v2/debug/pprof/",
            "GET /v2/debug/pprof/allocs",
            "GET /v2/debug/pprof/block",
            "GET /v2/debug/pprof/goroutine",
            "GET /v2/debug/pprof/heap",
            "GET /v2/debug/pprof/mutex",
            "GET /v2/debug/pprof/profile",
            "GET /v2/debug/pprof/symbol",
            "POST /v2/debug/pprof/symbol",
            "GET /v2/debug/pprof/threadcreate",
            "GET /v2/debug/pprof/trace",
            "POST /v2/keys/ocr",
            "POST /v2/keys/ocr/restore/:keyID",
            "POST /v2/keys/ocr2/restore/:keyID",
            "POST /v2/keys/p2p",
            "POST /v2/keys/p2p/restore/:keyID",
            "POST /v2/keys/vrf",
            "POST /v2/keys/vrf/restore/:keyID",
            "POST /v2/pipeline/runs/:runID/replay",
            "GET /api-docs",
            "GET /v2/openapi.json",
            "GET /v2/rpc/endpoints",
            "GET /v2/rpc/usage",
            "GET /v2/transactions/:TxHash",
            "GET /v2/transactions/evm/:TxHash/diagnosis",
            "GET /v2/keys/evm/diagnosis",
            "POST /v2/transactions/evm/:TxHash/bump",
            "POST /v2/transactions/evm/:TxHash/cancel",
            "POST /v2/transactions/evm/:TxHash/rebroadcast",
            "POST /v2/keys/evm/:address/fill-nonces");

    @Test
    void everyRoute_answersEveryRoleAsRecorded(@TempDir Path folder) throws Exception {
        try (TestNode node = TestNode.start(folder)) {
            node.keystore.csa().create();
            Map<String, Map<String, String>> headers = headersOfRoles(node);
            SoftAssertions softly = new SoftAssertions();
            RouteTable table = node.routes();
            Set<String> seen = new TreeSet<>(NOT_RECORDED);
            for (JsonNode row : Recorded.matrix().get("rows")) {
                String method = row.get("method").stringValue();
                String path = row.get("path").stringValue();
                table.find(method, List.of(path.replaceFirst("\\?.*", "").split("/", -1)))
                        .ifPresent(match -> {
                            seen.add(method + " " + match.route().template());
                            softly.assertThat(ask(node, method, path, headers))
                                    .as(method + " " + path)
                                    .isEqualTo(expected(row));
                        });
            }
            softly.assertAll();
            assertThat(seen)
                    .isEqualTo(table.routes().stream()
                            .map(route -> route.method() + " " + route.template())
                            .collect(toCollection(TreeSet::new)));
        }
    }

    private static Map<String, Integer> expected(JsonNode row) {
        LinkedHashMap<String, Integer> expected = new LinkedHashMap<>();
        List<Integer> deviation = DEVIATIONS.get(
                row.get("method").stringValue() + " " + row.get("path").stringValue());
        for (int i = 0; i < ROLES.size(); i++) {
            JsonNode recorded = row.get("byRole").get(ROLES.get(i)).get("status");
            expected.put(ROLES.get(i), deviation == null ? recorded.intValue() : deviation.get(i));
        }
        return expected;
    }

    private static Map<String, Integer> ask(
            TestNode node, String method, String path, Map<String, Map<String, String>> headers) {
        LinkedHashMap<String, Integer> statuses = new LinkedHashMap<>();
        for (String role : ROLES) {
            try {
                String body = method.equals("GET") ? "" : "not json";
                statuses.put(
                        role, node.call(method, path, headers.get(role), body).statusCode());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return statuses;
    }

    private static Map<String, Map<String, String>> headersOfRoles(TestNode node) throws Exception {
        Map<String, Map<String, String>> headers = new HashMap<>();
        headers.put("none", Map.of());
        headers.put("admin", Map.of("cookie", node.loginAdmin()));
        for (Role role : List.of(Role.VIEW, Role.RUN, Role.EDIT)) {
            node.accounts.create(role.word() + "@b.test", "Sixteen-chars-pw2!", role);
            headers.put(role.word(), Map.of("cookie", node.login(role.word() + "@b.test", "Sixteen-chars-pw2!")));
        }
        JsonNode token = TestNode.json(node.call(
                        "POST",
                        "/v2/user/token",
                        headers.get("admin"),
                        "{\"password\":\"" + TestNode.ADMIN_PASSWORD + "\"}"))
                .get("data")
                .get("attributes");
        headers.put(
                "token",
                Map.of(
                        "X-API-KEY", token.get("accessKey").stringValue(),
                        "X-API-SECRET", token.get("secret").stringValue()));
        return headers;
    }
}
