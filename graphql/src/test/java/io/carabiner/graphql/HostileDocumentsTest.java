package io.carabiner.graphql;

import static io.carabiner.graphql.TestService.view;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Documents that want to cost much, or to learn what is none of their business. None reaches a resolver. */
class HostileDocumentsTest {

    private final AtomicInteger resolved = new AtomicInteger();
    private final TestService service = new TestService(Map.of("bridges", view((arguments, caller) -> {
        resolved.incrementAndGet();
        return Shape.of("BridgesPayload").with("results", List.of());
    })));

    @Test
    void tooDeep_isRefusedInTheGoNodesWords() {
        assertThat(service.ask("{ jobs { results { runs { results { job { runs { results { job { runs { results {"
                        + " job { id } } } } } } } } } } } }"))
                .isEqualTo(Map.of(
                        "errors",
                        List.of(Map.of(
                                "message",
                                "Field \"job\" has depth 11 that exceeds max depth 10",
                                "locations",
                                List.of(Map.of("line", 1, "column", 83))))));
    }

    @Test
    void tooDeepBehindFragments_isRefusedToo() {
        refused(
                "query { jobs { results { runs { results { job { ...A } } } } } }"
                        + " fragment A on Job { runs { results { job { runs { results { job { id } } } } } } }",
                "exceeds max depth 10");
    }

    @Test
    void aliases_areCounted() {
        String bomb = IntStream.range(0, 31)
                .mapToObj(i -> "a" + i + ": bridges { metadata { total } }")
                .collect(Collectors.joining(" ", "{", "}"));

        refused(bomb, "the query has more than 30 aliases");
    }

    @Test
    void fragmentsThatUnfoldWithoutEnd_areReckonedInNoTime() {
        StringBuilder bomb = new StringBuilder("{ bridges { results { ...F0 } } }");
        for (int i = 0; i < 60; i++) {
            bomb.append(" fragment F%d on Bridge { id ...F%d ...G%d }".formatted(i, i + 1, i + 1));
            bomb.append(" fragment G%d on Bridge { id ...F%d ...G%d }".formatted(i, i + 1, i + 1));
        }
        bomb.append(" fragment F60 on Bridge { name } fragment G60 on Bridge { url }");

        refused(bomb.toString().replace("fragment G0 on Bridge { id ...F1 ...G1 }", ""), "more than 3000 fields");
    }

    @Test
    void fragmentsInACircle_areRefused() {
        refused(
                "{ bridges { results { ...A } } } fragment A on Bridge { ...B } fragment B on Bridge { ...A }",
                "cycle");
    }

    @Test
    void textWithoutEnd_isNotRead() {
        refused("{ bridges { results { " + "id ".repeat(20_000) + "} } }", "15,000");
        refused("{".repeat(9_000), "syntax error");
        refused("{ bridges(limit: " + "[".repeat(9_000) + "1" + "]".repeat(9_000) + ") { metadata { total } } }", "");
    }

    @Test
    void sameFieldOverAndOver_isRefused() {
        refused("{ bridges { results { " + "id ".repeat(4_000) + "} } }", "more than 3000 fields");
    }

    @Test
    void hugeVariables_areRefusedOrIgnored() {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("n", "9".repeat(100_000));
        Map<String, @Nullable Object> answer =
                service.ask("query($n: Int) { bridges(limit: $n) { metadata { total } } }", variables);

        assertThat(answer).containsKey("errors");
        assertThat(answer.toString()).doesNotContain("Exception", "graphql.");
        assertThat(resolved).hasValue(0);
    }

    @Test
    void noDocument_hasNoOperation() {
        refused("", "no operations in query document");
    }

    @Test
    void introspectionOfUsualDepth_isRefused_asByTheGoNode() {
        String type = "kind name " + "ofType { kind name ".repeat(9) + "}".repeat(9);
        refused("{ __schema { types { fields { type { " + type + " } } } } }", "exceeds max depth 10");
    }

    private void refused(String document, String reason) {
        Map<String, @Nullable Object> answer = service.ask(document);

        assertThat(answer).containsKey("errors");
        assertThat(answer.get("data")).isNull();
        assertThat(answer.toString()).contains(reason).doesNotContain("Exception", "io.carabiner", "graphql.");
        assertThat(resolved).hasValue(0);
        assertThat(service.faults).isEmpty();
    }
}
