package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.jobs.JobTrigger;
import io.carabiner.primitives.Hash32;
import io.carabiner.web.JobCatalogue.Trial;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What dry runs are asked for, and how they are refused; {@code DryRunStoryTest} of the node has what they answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobTestApiTest {

    private static final String HASH = "0x" + "5a".repeat(Hash32.SIZE);

    private TestNode node;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = TestNode.start(folder);
        cookie = node.loginAdmin();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @BeforeEach
    void forget() {
        node.jobs.tried.clear();
    }

    private HttpResponse<String> test(String more) throws Exception {
        return node.post("/v2/jobs/test", cookie, "{\"toml\":\"x\"" + more + "}");
    }

    @Test
    void whatARunBeginsWith_isReadOfTheBody() throws Exception {
        test("");
        test(",\"vars\":{\"a\":1}");
        test(",\"log\":{\"data\":\"0x\"}");
        test(",\"request\":\"" + HASH + "\"");
        test(",\"request\":\"tx:" + HASH + "\",\"vars\":null");
        assertThat(node.jobs.tried)
                .containsExactly(
                        new JobTrigger.Empty(),
                        new JobTrigger.GivenVariables("{\"a\":1}"),
                        new JobTrigger.GivenLog("{\"data\":\"0x\"}"),
                        new JobTrigger.Requested(Hash32.fromHex(HASH)),
                        new JobTrigger.Requested(Hash32.fromHex(HASH)));
    }

    @Test
    void moreThanOneBeginning_orAHashThatIsNone_isRefused() throws Exception {
        HttpResponse<String> two = test(",\"request\":\"" + HASH + "\",\"vars\":{}");
        assertThat(two.statusCode()).isEqualTo(400);
        assertThat(TestNode.detail(two)).isEqualTo("give at most one of vars, log and request");
        assertThat(TestNode.detail(test(",\"request\":\"0x12\"")))
                .isEqualTo("request must be the hash of a transaction: 0x and 64 hex digits");
        assertThat(node.jobs.tried).isEmpty();
    }

    @Test
    void aRefusal_hasOneErrorForEachFault() throws Exception {
        node.jobs.nextTrial = new Trial.Refused(400, List.of("line 1, column 2: bad", "worse"));
        HttpResponse<String> answer = test("");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestNode.json(answer).get("errors"))
                .extracting((JsonNode error) -> error.get("detail").asString())
                .containsExactly("line 1, column 2: bad", "worse");
    }

    @Test
    void strangersAndThoseWhoOnlyLook_mayNot() throws Exception {
        assertThat(node.call("POST", "/v2/jobs/test", Map.of(), "{}").statusCode())
                .isEqualTo(401);
        assertThat(statusAs(Role.VIEW)).isEqualTo(401);
        assertThat(statusAs(Role.RUN)).isEqualTo(401);
        assertThat(node.jobs.tried).isEmpty();
        assertThat(statusAs(Role.EDIT)).isEqualTo(422);
        assertThat(node.jobs.tried).hasSize(1);
    }

    private int statusAs(Role role) throws Exception {
        String mail = role.word() + "@b.test";
        node.accounts.create(mail, "Sixteen-chars-pw2!", role);
        return node.post("/v2/jobs/test", node.login(mail, "Sixteen-chars-pw2!"), "{\"toml\":\"x\"}")
                .statusCode();
    }
}
