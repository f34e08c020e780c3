package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineDiffTest {

    @Test
    void aChange_isShownWithTheLinesAroundIt_andFarPartsAreParted() {
        String before = IntStream.rangeClosed(1, 12).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
        String after = before.replace("2\n3\n", "two\n3\n").replaceFirst("11\n", "");
        LineDiff diff = LineDiff.between(before, after);
        assertThat(diff.summary()).isEqualTo("+1 -2");
        assertThat(diff.text("  ")).isEqualTo("""
                    1
                  - 2
                  + two
                    3
                    4
                    ...
                    9
                    10
                  - 11
                    12
                """);
    }

    @Test
    void equalTexts_haveNoDifference_whateverEndsTheirLines() {
        assertThat(LineDiff.between("a\r\nb", "a\nb\n").text("")).isEmpty();
        assertThat(LineDiff.between("", "a").text("")).isEqualTo("+ a\n");
        String huge = "x\n".repeat(LineDiff.LINES_MAX + 1);
        assertThat(LineDiff.between(huge, "x").summary()).isEqualTo("+1 -" + (LineDiff.LINES_MAX + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatStayedAndWent_isTheOldText_andWhatStayedAndCame_theNew(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            String before = text(random);
            String after = text(random);
            LineDiff diff = LineDiff.between(before, after);
            assertThat(side(diff, LineDiff.Fate.CAME)).as("seed %d", seed).isEqualTo(before);
            assertThat(side(diff, LineDiff.Fate.WENT)).as("seed %d", seed).isEqualTo(after);
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 4).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
    }

    private static String side(LineDiff diff, LineDiff.Fate without) {
        return diff.lines().stream()
                .filter(line -> line.fate() != without)
                .map(LineDiff.Line::text)
                .collect(Collectors.joining("\n"));
    }
}
