package io.carabiner.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTextsTest {

    @Test
    void outputs_areTextsAsTheyAre_numbersInPlainDigits_objectsAsJson_andNothingForNull() {
        assertThat(RunTexts.outputs("""
                        ["638.53", 42.5, 123456789012345678901234567890.123456789012345678, 1e21, 7,
                         {"b":1.10,"a":"<&>"}, null]"""))
                .contains(List.of(
                        Optional.of("638.53"),
                        Optional.of("42.5"),
                        Optional.of("123456789012345678901234567890.123456789012345678"),
                        Optional.of("1000000000000000000000"),
                        Optional.of("7"),
                        Optional.of("{\"b\":1.10,\"a\":\"\\u003c\\u0026\\u003e\"}"),
                        Optional.empty()));
    }

    @Test
    void outputs_withABooleanOrAList_areNotShown() {
        assertThat(RunTexts.outputs("[\"1\", true]")).isEmpty();
        assertThat(RunTexts.outputs("[\"1\", [1,2]]")).isEmpty();
    }

    @Test
    void aNumberWithAMonstrousExponent_keepsIt() {
        assertThat(RunTexts.outputs("[1e99999999]").orElseThrow().getFirst()).contains("1E+99999999");
    }

    @Test
    void inputs_keepEveryDigit_andEscapeWhatHtmlReads() {
        String inputs = "{\"price\":0.1000000000000000055511151231257827,\"n\":115792089237316195423570985008687907853,"
                + "\"text\":\"a<b>&\"}";
        assertThat(GoJson.write(Map.of("inputs", RunTexts.verbatim(inputs))))
                .isEqualTo("{\"inputs\":"
                        + inputs.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026") + "}");
    }

    @Test
    void errors_areTexts_andNothingWhereATaskWentWell() {
        assertThat(RunTexts.errors("[null,\"task inputs: too many errors\"]"))
                .containsExactly(Optional.empty(), Optional.of("task inputs: too many errors"));
    }
}
