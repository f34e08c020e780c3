package io.carabiner.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scripts as data, and what a lie makes of an answer. */
class FaultScriptTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void events_areLeftOut_givenTwice_andMixedWithOthers() {
        JsonNode request = JSON.readTree("{\"id\": 1, \"method\": \"eth_getLogs\"}");
        JsonNode answer = JSON.readTree("""
                {"id": 1, "result": [{"address": "0x01", "blockNumber": "0x1"}, {"address": "0x01", "blockNumber": "0x2"},
                  {"address": "0x01", "blockNumber": "0x3"}]}""");
        assertThat(FalseAnswers.answer(new EndpointFault.LogsLeftOut(2), request, answer)
                        .path("result"))
                .hasSize(2);
        assertThat(FalseAnswers.answer(new EndpointFault.LogsLeftOut(1), request, answer)
                        .path("result"))
                .isEmpty();
        assertThat(FalseAnswers.answer(new EndpointFault.LogsTwice(), request, answer)
                        .path("result"))
                .hasSize(6);
        JsonNode mixed = FalseAnswers.answer(new EndpointFault.LogsOfOthers(), request, answer)
                .path("result");
        assertThat(mixed).hasSize(4);
        assertThat(mixed.at("/0/address")).isNotEqualTo(mixed.at("/1/address"));
        assertThat(FalseAnswers.answer(new EndpointFault.StaleHead(2), request, answer)
                        .path("result"))
                .hasSize(2);
    }

    @Test
    void theSameSeed_strikesTheSameMessages() {
        FaultScript script = FaultScript.of(
                        FaultRule.always(new EndpointFault.Hang()).percent(30))
                .withSeed(42);
        assertThat(struck(script)).isEqualTo(struck(script)).contains(true, false);
        assertThat(struck(script.withSeed(43))).isNotEqualTo(struck(script));
    }

    private static List<Boolean> struck(FaultScript script) {
        FaultScript.Play play = new FaultScript.Play(script);
        List<Boolean> struck = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            struck.add(!play.strike("eth_call").isEmpty());
        }
        return struck;
    }
}
