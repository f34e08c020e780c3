package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.values.PipelineValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PipelineLinterTest {

    private static final Variables REQUEST =
            Variables.empty().with("jobRun", PipelineValue.map(Map.of("logData", PipelineValue.text("0x"))));

    private static List<String> lint(String dot) {
        return lint(dot, Variables.empty());
    }

    private static List<String> lint(String dot, Variables variables) {
        return PipelineLinter.lint(Pipeline.parse(dot), variables).stream()
                .map(PipelineFault::toString)
                .toList();
    }

    @Test
    void nothingIsSaidOfAGraphThatIsRight() {
        assertThat(lint("""
                        a [type=http method=GET url="$(jobRun.url)" allowUnrestrictedNetworkAccess=true timeout="3s"]
                        b [type=jsonparse path="x" data="$(a)" retries=2 minBackoff="1s" maxBackoff="2s" failEarly=true]
                        c [type=ethtx to="0x613a38AC1659769640aaE063C651F48E0250454C" data="$(b)" evmChainID=1 index=0]
                        a -> b -> c
                        """)).isEmpty();
    }

    @Test
    void aVariableThatIsNotThere_isFound_withTheOneThatWasMeant() {
        assertThat(lint("fetch [type=memo value=1]\n  parse [type=jsonparse data=\"$(fetsh)\" path=\"$(unlike)\"]"))
                .containsExactly(
                        "task parse: there is no variable $(fetsh); did you mean fetch? (line 2, column 25)",
                        "task parse: there is no variable $(unlike) (line 2, column 41)");
    }

    @Test
    void aFieldThatIsNotThere_isFound_whereTheRunIsKnown() {
        String dot = "a [type=hexdecode input=\"$(jobRun.logDatta)\"]";
        assertThat(lint(dot, REQUEST))
                .containsExactly("task a: there is no variable $(jobRun.logDatta); did you mean logData?"
                        + " (line 1, column 19)");
        assertThat(lint(dot)).isEmpty();
        assertThat(lint("a [type=memo value=\"$(jobRun.logData.x)\"]", REQUEST)).isEmpty();
    }

    @Test
    void anAttributeThatNoTaskOfTheTypeHas_isFound() {
        assertThat(lint("a [type=http method=GET ulr=\"https://e.org\"]"))
                .containsExactly("task a: type http has no attribute ulr; did you mean url? (line 1, column 25)");
        assertThat(lint("a [type=sum values=\"[1]\" Timeout=\"1s\"]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ethabiencode; f(uint257 x); unsupported arg type: uint257",
                "ethabiencode2; {; while parsing ABI string",
                "ethabidecode; uint256; missing argument name",
                "ethabidecodelog; Asked(bytes32 x indexed); keyword must appear",
            })
    void anAbiThatCannotBeRead_isFound(String type, String abi, String fault) {
        assertThat(lint("a [type=" + type + " abi=\"" + abi + "\"]"))
                .singleElement()
                .asString()
                .startsWith("task a: ")
                .contains(fault)
                .endsWith("(line 1, column " + (10 + type.length()) + ")");
    }

    @Test
    void aTaskWhoseResultNobodyTakes_isFound_whereTheRunActs() {
        assertThat(lint("""
                        a [type=memo value=1]
                        b [type=memo value=2]
                        c [type=multiply input="$(b)" times=2]
                        d [type=ethtx to="0x613a38AC1659769640aaE063C651F48E0250454C" data="$(a)"]
                        """))
                .containsExactly(
                        "task \"b\" is not used: no task that acts takes its result (line 2, column 1)",
                        "task \"c\" is not used: no task that acts takes its result (line 3, column 1)");
        assertThat(lint("a [type=memo value=1] b [type=memo value=2]")).isEmpty();
        assertThat(lint("a [type=memo value=1 index=0] b [type=http url=\"https://e.org\"]"))
                .isEmpty();
    }
}
