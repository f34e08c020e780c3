package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.audit.AuditEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What stands in the audit log after calls of the API. */
class AuditApiTest {

    private TestNode node;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private List<AuditEntry> newest(int most) {
        return node.audit.newest(0, most);
    }

    private JsonNode newest() {
        return GoJson.mapper().readTree(newest(1).getFirst().data());
    }

    @Test
    void bridge_madeChangedAndDeleted_standsThereWithBeforeAndAfterAndWithoutItsTokens() throws Exception {
        String cookie = node.loginAdmin();
        String made = node.post("/v2/bridge_types", cookie, "{\"name\":\"prices\",\"url\":\"http://a.test\"}")
                .body();
        JsonNode created = newest();
        node.call(
                "PATCH",
                "/v2/bridge_types/prices",
                Map.of("cookie", cookie),
                "{\"name\":\"prices\",\"url\":\"http://b.test\"}");
        JsonNode changed = newest();
        node.call("DELETE", "/v2/bridge_types/prices", Map.of("cookie", cookie), "");
        JsonNode deleted = newest();

        assertThat(newest(3))
                .extracting(AuditEntry::eventId)
                .containsExactly("BRIDGE_DELETED", "BRIDGE_UPDATED", "BRIDGE_CREATED");
        assertThat(newest(3)).extracting(AuditEntry::actor).containsOnly(TestNode.ADMIN);
        assertThat(newest(3)).extracting(AuditEntry::origin).containsOnly("127.0.0.1");
        assertThat(changed.at("/before/attributes/url").asString()).isEqualTo("http://a.test");
        assertThat(changed.at("/after/attributes/url").asString()).isEqualTo("http://b.test");
        assertThat(deleted.at("/before/attributes/url").asString()).isEqualTo("http://b.test");
        assertThat(deleted.has("after")).isFalse();
        assertThat(created.at("/request/url").asString()).isEqualTo("http://a.test");
        assertThat(created.has("before"))
                .as("the list of all bridges is not what one was before")
                .isFalse();
        String token = GoJson.mapper()
                .readTree(made)
                .at("/data/attributes/incomingToken")
                .asString();
        assertThat(token).isNotEmpty();
        assertThat(newest(10)).extracting(AuditEntry::data).noneMatch(data -> data.contains(token));
    }

    @Test
    void logins_standThere_withoutPasswords() throws Exception {
        node.call("POST", "/sessions", Map.of(), "{\"email\":\"x@y.test\",\"password\":\"a wrong one, really\"}");
        node.loginAdmin();

        assertThat(newest(2))
                .extracting(AuditEntry::eventId)
                .containsExactly("AUTH_LOGIN_SUCCESS_NO_2FA", "AUTH_LOGIN_FAILED_PASSWORD");
        assertThat(newest(2)).extracting(AuditEntry::actor).containsExactly(TestNode.ADMIN, "");
        assertThat(newest(2).getLast().data()).isEqualTo("{\"email\":\"x@y.test\"}");
    }

    @Test
    void whatIsRefusedOrOnlyRead_changesNothingAndIsNotKept() throws Exception {
        String cookie = node.loginAdmin();
        long before = node.audit.count();

        node.post("/v2/bridge_types", cookie, "{\"name\":\"\"}");
        node.call("DELETE", "/v2/bridge_types/none", Map.of("cookie", cookie), "");
        node.get("/v2/jobs", cookie);

        assertThat(node.audit.count()).isEqualTo(before);
    }

    @Test
    void administrators_readAndVerifyTheLog() throws Exception {
        String cookie = node.loginAdmin();

        JsonNode page =
                GoJson.mapper().readTree(node.get("/v2/audit?size=1", cookie).body());
        JsonNode verdict =
                GoJson.mapper().readTree(node.get("/v2/audit/verify", cookie).body());
        String head = verdict.at("/data/attributes/head").asString();

        assertThat(page.at("/data/0/attributes/eventId").asString()).isEqualTo("AUTH_LOGIN_SUCCESS_NO_2FA");
        assertThat(page.at("/data/0/attributes/hash").asString()).isEqualTo(head);
        assertThat(verdict.at("/data/attributes/intact").asBoolean()).isTrue();
        assertThat(node.get("/v2/audit/verify?head=" + head, cookie).body()).contains("\"intact\":true");
        assertThat(node.get("/v2/audit/verify?head=" + "ab".repeat(32), cookie).body())
                .contains("\"intact\":false")
                .contains("is not there any more");
        assertThat(node.get("/v2/audit/verify?head=xyz", cookie).statusCode()).isEqualTo(422);
    }

    @Test
    void everyRouteThatChangesSomething_hasAnEventOfItsOwn() {
        List<String> unnamed = node.routes().routes().stream()
                .filter(route ->
                        AuditedRoutes.event(route.method(), route.template()).equals(Optional.of(AuditedRoutes.OTHER)))
                .map(route -> route.method() + " " + route.template())
                .sorted()
                .toList();

        assertThat(unnamed).isEmpty();
    }
}
