package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.testkit.ApiRequests;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests made up from the API's own description; {@code ./campaign api-fuzz} sends many more to a whole node. */
class ApiFuzzTest {

    private static final long SEED = 1;
    private static final int REQUESTS = 600;

    @Test
    void madeUpRequests_getAnswersInWords(@TempDir Path folder) throws Exception {
        try (TestNode node = TestNode.start(folder)) {
            String cookie = node.loginAdmin();
            ApiRequests requests = new ApiRequests(TestNode.json(node.get("/v2/openapi.json", "")), SEED);
            List<String> complaints = new ArrayList<>();
            Map<Integer, Integer> statuses = new HashMap<>();
            for (int i = 0; i < REQUESTS; i++) {
                ApiRequests.Request request = requests.next();
                HttpResponse<String> answer = answer(node, request, cookie);
                statuses.merge(answer.statusCode() / 100, 1, Integer::sum);
                ApiRequests.complaint(request, answer.statusCode(), answer.body())
                        .ifPresent(complaint -> complaints.add(complaint + ": " + request + " -> " + answer.body()));
                requests.learn(answer.body());
                if (answer.statusCode() == 401) {
                    cookie = node.loginAdmin();
                }
            }
            assertThat(complaints).as("seed " + SEED).isEmpty();
            assertThat(statuses.get(2)).as("answers with success").isGreaterThan(REQUESTS / 10);
            assertThat(statuses.get(4)).as("refusals").isGreaterThan(REQUESTS / 10);
        }
    }

    /** A URL that is none closes the connection behind its answer: what comes next may need another. */
    private static HttpResponse<String> answer(TestNode node, ApiRequests.Request request, String cookie)
            throws Exception {
        try {
            return node.call(request.method(), request.path(), Map.of("cookie", cookie), request.body());
        } catch (IOException e) {
            return node.call(request.method(), request.path(), Map.of("cookie", cookie), request.body());
        }
    }

    @Test
    void aFaultAndAStackTrace_areSeen() {
        ApiRequests.Request request = new ApiRequests.Request("GET", "/v2/jobs", "");

        assertThat(ApiRequests.complaint(request, 500, "{\"errors\":[{\"detail\":\"internal error (X): see\"}]}"))
                .isPresent();
        assertThat(ApiRequests.complaint(request, 500, "")).isPresent();
        assertThat(ApiRequests.complaint(
                        request, 400, "{\"errors\":[{\"detail\":\"java.lang.NullPointerException\"}]}"))
                .isPresent();
        assertThat(ApiRequests.complaint(request, 500, "{\"errors\":[{\"detail\":\"Key not found\"}]}"))
                .isEmpty();
    }
}
