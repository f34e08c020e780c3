package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused before it can do harm, and that the place is said. */
final class GraphFaultsTest {

    private static List<PipelineFault> faults(String dot) {
        return catchThrowableOfType(PipelineSyntaxException.class, () -> Pipeline.parse(dot))
                .faults();
    }

    @Test
    void namesThatEndAGoNode_areRefusedWithTheirPlace() {
        assertThat(faults("  \"a.b\" [type=memo]")).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(1);
            assertThat(fault.column()).isEqualTo(3);
            assertThat(fault.message()).contains("a.b").contains("dot");
        });
        assertThat(faults("\n-1.5 [type=memo]")).singleElement().satisfies(fault -> assertThat(fault.line())
                .isEqualTo(2));
        assertThat(faults("\"\" [type=memo]")).hasSize(1);
    }

    @Test
    void aTaskThatRefersToItself_isRefused() {
        assertThat(faults("a [type=multiply\n input=\"$(a)\" times=2]"))
                .containsExactly(new PipelineFault(2, 2, "task \"a\" refers to its own result by $(a)"));
    }

    @Test
    void aPipelineOfComments_isRefused() {
        assertThat(faults("// nothing\n/* here */ # at all"))
                .containsExactly(new PipelineFault(0, 0, "empty pipeline"));
        assertThat(faults("node [type=memo]")).containsExactly(new PipelineFault(0, 0, "empty pipeline"));
    }

    @Test
    void groups_makeNoEdges_soTheyAreRefused() {
        assertThat(faults("a [type=memo value=1]\nb [type=memo value=1]\nc [type=sum]\n{a b} -> c"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isEqualTo(4));
        assertThat(faults("a [type=memo value=1]\na -> {b c}")).isNotEmpty();
    }

    @Test
    void allFaults_areFoundAtOnce() {
        assertThat(faults("a [type=memo retries=x timeout=5]\nb [type=]\nc [type=nope]\nd [type memo]\ne.f -> g"))
                .extracting(PipelineFault::line)
                .contains(1, 2, 3, 4, 5);
    }

    @Test
    void typesOfOtherVersions_areUnknown() {
        assertThatThrownBy(() -> Pipeline.parse("v [type=ethGetBlock]"))
                .isInstanceOf(PipelineSyntaxException.class)
                .hasMessageContaining("unknown task type: \"ethgetblock\"");
    }

    @Test
    void deepGroupsAndManyTasks_haveLimits() {
        assertThat(faults("{".repeat(10_000))).isNotEmpty();
        assertThat(faults("t [type=memo];".repeat(1) + names(GraphCompiler.TASKS_LIMIT + 1)))
                .anySatisfy(fault -> assertThat(fault.message()).contains("at most 1000 tasks"));
    }

    private static String names(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("n").append(i).append(" [type=memo];");
        }
        return text.toString();
    }
}
