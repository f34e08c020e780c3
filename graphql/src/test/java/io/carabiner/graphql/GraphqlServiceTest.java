package io.carabiner.graphql;

import static io.carabiner.graphql.TestService.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GraphqlServiceTest {

    private static final Shape FEATURES = Shape.of("Features").with("csa", true).with("feedsManager", false);

    @Test
    void document_isAnsweredWithWhatWasAskedFor() {
        TestService service = new TestService(Map.of("features", view((arguments, caller) -> FEATURES)));

        assertThat(service.ask("{ features { ... on Features { csa } } }"))
                .isEqualTo(Map.of("data", Map.of("features", Map.of("csa", true))));
    }

    @Test
    void nobody_isUnauthorizedButMayIntrospect() {
        TestService service = new TestService(Map.of());

        assertThat(service.askAsNobody("{ features { __typename } }"))
                .isEqualTo(withNullData(Map.of(
                        "message",
                        "Unauthorized",
                        "path",
                        List.of("features"),
                        "extensions",
                        Map.of("code", "UNAUTHORIZED"))));
        assertThat(service.askAsNobody("{ __schema { queryType { name } } }"))
                .isEqualTo(Map.of("data", Map.of("__schema", Map.of("queryType", Map.of("name", "Query")))));
        assertThat(service.faults).isEmpty();
    }

    @Test
    void callerWithoutTheRole_readsWhichTheyHave() {
        TestService service = new TestService(
                Map.of("runJob", new RootField<>(Clearance.RUN, (arguments, caller) -> Shape.of("NotFoundError"))));

        assertThat(service.ask("mutation { a: runJob(id: 1) { __typename } }"))
                .isEqualTo(
                        withNullData(Map.of("message", "Not permitted with current role: view", "path", List.of("a"))));
    }

    @Test
    void faultOfTheNode_isLoggedAndHidden() {
        TestService service = new TestService(Map.of());

        assertThat(service.ask("{ features { __typename } }"))
                .isEqualTo(withNullData(Map.of("message", FieldFaults.HIDDEN, "path", List.of("features"))));
        assertThat(service.faults).singleElement().satisfies(fault -> assertThat(fault)
                .hasMessage("secret of features"));
    }

    @Test
    void refusal_isToldInItsOwnWords() {
        TestService service = new TestService(Map.of("features", view((arguments, caller) -> {
            throw new RefusedException("all of nothing");
        })));

        assertThat(service.ask("{ features { __typename } }"))
                .isEqualTo(withNullData(Map.of("message", "all of nothing", "path", List.of("features"))));
    }

    @Test
    void listOfAHundred_costsOneQuestion() {
        AtomicInteger questions = new AtomicInteger();
        Batch<Integer, Shape> jobs = new Batch<>("jobs", ids -> {
            questions.incrementAndGet();
            return ids.stream()
                    .collect(Collectors.toMap(id -> id, id -> Shape.of("Job").with("id", id)));
        });
        TestService service = new TestService(Map.of("jobRuns", view((arguments, caller) -> Shape.of("JobRunsPayload")
                .with(
                        "results",
                        IntStream.range(0, 100)
                                .mapToObj(i -> Shape.of("JobRun").with("job", jobs.of(i % 7)))
                                .toList()))));

        Map<String, @Nullable Object> answer = service.ask("{ jobRuns { results { job { id } } } }");

        assertThat(answer).doesNotContainKey("errors");
        assertThat(answer.toString()).contains("id=6");
        assertThat(questions).hasValue(1);
    }

    @Test
    void faultOfABatch_isHiddenToo() {
        Batch<Integer, Shape> broken = new Batch<>("jobs", ids -> {
            throw new IllegalStateException("secret");
        });
        TestService service = new TestService(Map.of("jobRuns", view((arguments, caller) -> Shape.of("JobRunsPayload")
                .with("results", List.of(Shape.of("JobRun").with("job", broken.of(1)))))));

        Map<String, @Nullable Object> answer = service.ask("{ jobRuns { results { job { id } } } }");

        assertThat(answer.toString()).contains(FieldFaults.HIDDEN).doesNotContain("secret");
        assertThat(service.faults).hasSize(1);
    }

    @Test
    void argumentsReachTheResolver_alsoFromVariables() {
        List<String> seen = new ArrayList<>();
        TestService service = new TestService(Map.of("bridges", view((arguments, caller) -> {
            seen.add(arguments.optionalNumber("offset") + " " + arguments.optionalNumber("limit") + " " + caller);
            return Shape.of("BridgesPayload").with("results", List.of());
        })));

        service.ask("query($n: Int) { bridges(limit: $n) { results { id } } }", Map.of("n", 3));

        assertThat(seen).containsExactly("OptionalInt.empty OptionalInt[3] ann");
    }

    @Test
    void answerWithTooManyObjects_isRefused() {
        QueryLimits few = new QueryLimits(10, 100, 10, 1000, 50);
        TestService service = new TestService(
                Map.of("bridges", view((arguments, caller) -> Shape.of("BridgesPayload")
                        .with(
                                "results",
                                Stream.generate(() -> Shape.of("Bridge").with("id", "b"))
                                        .limit(51)
                                        .toList()))),
                few);

        assertThat(service.ask("{ bridges { results { id } } }").toString())
                .contains("the answer has too many objects: ask for smaller pages");
    }

    @Test
    void serviceWithoutAResolver_answersNothing() {
        GraphqlService<String> service = new GraphqlService<>(Map.of(), Map.of(), QueryLimits.standard(), fault -> {});

        assertThatThrownBy(() -> service.answer(new Ask("{ __typename }", "", Map.of()), Optional.empty()))
                .hasMessageContaining("Query has no resolver for")
                .hasMessageContaining("jobs");
    }

    @Test
    void service_loadsNothingBeforeTheFirstDocument() {
        GraphqlService<String> service = new GraphqlService<>(Map.of(), Map.of(), QueryLimits.standard(), fault -> {});

        assertThat(service).hasFieldOrPropertyWithValue("engine", null);
    }

    private static Map<String, @Nullable Object> withNullData(Map<String, ?> error) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("errors", List.of(error));
        answer.put("data", null);
        return answer;
    }
}
