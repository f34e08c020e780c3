package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.cli.ApplyPlan.Located;
import io.carabiner.cli.ApplyPlan.SpecFile;
import io.carabiner.cli.ApplyPlan.Stored;
import io.carabiner.cli.ApplyPlan.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplyPlanTest {

    private static final Stored ONE = new Stored("1", "one", "id-1", "cron", "text 1");
    private static final Stored TWO = new Stored("2", "two", "id-2", "cron", "text 2");

    private static SpecFile file(String path, String name, String id) {
        Verdict verdict = new Verdict(
                Optional.of(name).filter(text -> !text.isEmpty()),
                Optional.of(id).filter(text -> !text.isEmpty()),
                List.of(),
                List.of());
        return new SpecFile(path, "text of " + path, Optional.of(verdict));
    }

    private static List<String> words(ApplyPlan plan) {
        return plan.changes().stream()
                .map(change -> ApplyTexts.word(change) + " " + ApplyTexts.subject(change))
                .toList();
    }

    private static List<String> faults(SpecFile... files) {
        ApplyPlan plan = ApplyPlan.of(List.of(files), List.of(ONE, TWO), true);
        return plan.faults().stream().map(Located::toString).toList();
    }

    @Test
    void aJob_isKnownByItsExternalId_elseByItsName_elseItIsNew() {
        ApplyPlan plan = ApplyPlan.of(
                List.of(file("c", "three", ""), file("a", "uno", "id-1"), file("b", "two", "")),
                List.of(ONE, TWO),
                false);
        assertThat(words(plan))
                .containsExactly("update job 1 \"one\" from a", "update job 2 \"two\" from b", "create c");
        assertThat(plan.faults()).isEmpty();
    }

    @Test
    void aJobWithTheVeryTextOfAFile_stays_andOthersGoOnlyIfAskedFor() {
        List<SpecFile> files = List.of(new SpecFile("a", "text 1", Optional.empty()));
        assertThat(words(ApplyPlan.of(files, List.of(ONE, TWO), false))).containsExactly("keep job 1 \"one\" from a");
        ApplyPlan pruned = ApplyPlan.of(files, List.of(ONE, TWO), true);
        assertThat(words(pruned)).containsExactly("keep job 1 \"one\" from a", "delete job 2 \"two\"");
        assertThat(pruned.changesAnything()).isTrue();
        assertThat(ApplyPlan.of(files, List.of(ONE), true).changesAnything()).isFalse();
    }

    @Test
    void deletionsComeLast() {
        assertThat(words(ApplyPlan.of(List.of(file("a", "new", ""), file("b", "two", "")), List.of(ONE, TWO), true)))
                .containsExactly("update job 2 \"two\" from b", "create a", "delete job 1 \"one\"");
    }

    @Test
    void whatCannotBeToldApart_isRefused() {
        assertThat(faults(file("a", "", "")))
                .containsExactly("a: the job needs a name or an externalJobID: without one it is not found again");
        assertThat(faults(file("a", "one", ""), file("b", "", "id-1")))
                .containsExactly("b: job 1 is also described by a");
        assertThat(faults(file("a", "new", ""), file("b", "new", "")))
                .containsExactly("b: the name \"new\" is also in a");
        assertThat(faults(file("a", "two", "id-1")))
                .containsExactly("a: the name \"two\" is that of job 2: rename or delete that job first");
    }

    @Test
    void theFaultsOfAllFiles_areCollected() {
        Verdict faulty = new Verdict(
                Optional.empty(),
                Optional.empty(),
                List.of(new Located("b", 3, 5, "wrong"), new Located("b", 0, 0, "worse")),
                List.of());
        assertThat(faults(file("a", "", ""), new SpecFile("b", "", Optional.of(faulty))))
                .containsExactly(
                        "a: the job needs a name or an externalJobID: without one it is not found again",
                        "b:3:5: wrong",
                        "b: worse");
    }

    @Test
    void jsonHasAllThatTheTextHas() {
        ApplyPlan plan = ApplyPlan.of(List.of(file("a", "uno", "id-1")), List.of(ONE, TWO), true);
        assertThat(ApplyTexts.json(plan, true, 0).toString())
                .isEqualTo(
                        "{\"dryRun\":true,\"done\":0,\"changes\":[{\"action\":\"update\",\"file\":\"a\",\"id\":\"1\","
                                + "\"name\":\"one\",\"externalJobID\":\"id-1\",\"diff\":\"- text 1\\n+ text of a\\n\"},"
                                + "{\"action\":\"delete\",\"id\":\"2\",\"name\":\"two\",\"externalJobID\":\"id-2\",\"diff\":\"\"}],"
                                + "\"faults\":[],\"findings\":[]}");
    }
}
