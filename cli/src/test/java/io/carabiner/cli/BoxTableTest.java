package io.carabiner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How a table is drawn. */
class BoxTableTest {

    @Test
    void longCells_areBrokenBetweenWords_andLongWordsAreNot() {
        String word = "w".repeat(40);

        assertThat(BoxTable.render(
                        "T", List.of("a"), List.of(List.of("one two three four five six seven eight"), List.of(word))))
                .isEqualTo(String.join(
                        "\n",
                        "╔ T",
                        "╬" + "═".repeat(42) + "╬",
                        "║ " + " ".repeat(19) + "A" + " ".repeat(20) + " ║",
                        "╬" + "═".repeat(42) + "╬",
                        "║ " + "one two three four five six" + " ".repeat(13) + " ║",
                        "║ " + "seven eight" + " ".repeat(29) + " ║",
                        "╬" + "═".repeat(42) + "╬",
                        "║ " + word + " ║",
                        "╬" + "═".repeat(42) + "╬",
                        ""));
    }

    @Test
    void numbers_standOnTheRight() {
        assertThat(BoxTable.render("T", List.of("number"), List.of(List.of("12"), List.of("1.5"), List.of("x1"))))
                .contains("║     12 ║", "║    1.5 ║", "║ x1     ║");
    }
}
