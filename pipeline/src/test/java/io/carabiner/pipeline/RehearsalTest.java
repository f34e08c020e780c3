package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.Keccak256;
import io.carabiner.pipeline.TriedTransaction.Verdict;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.values.PipelineValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RehearsalTest {

    private static final Address KEY = Address.fromHex("0x00000000000000000000000000000000000000aa");
    private static final PipelineValue OTHERS = PipelineValue.list(
            List.of(PipelineValue.address(Address.fromHex("0x00000000000000000000000000000000000000bb"))));
    private static final Variables RUN = Variables.empty()
            .with("others", OTHERS)
            .with("jobSpec", PipelineValue.map(Map.of("evmChainID", PipelineValue.text("1337"))));

    private static Rehearsal rehearse(String dot) throws InterruptedException {
        try (PipelineRunner runner = Runs.runner(TimeSource.system())) {
            return runner.rehearse(Pipeline.parse(dot), RUN, Runs.CONTEXT, chain -> List.of(KEY));
        }
    }

    private static String sending(String contract, String more) {
        return "a [type=hexencode input=\"x\"]\n"
                + "send [type=ethtx to=\"0x000000000000000000000000000000000000" + contract + "\" data=\"$(a)\" " + more
                + "]\nafter [type=memo value=3]\n a -> send -> after";
    }

    @Test
    void aTransactionIsTriedOut_andWhatComesAfterItGoesOn() throws InterruptedException {
        Rehearsal rehearsal = rehearse(sending("c002", ""));
        assertThat(rehearsal.outcome().state()).isEqualTo(RunState.COMPLETED);
        assertThat(rehearsal.steps()).extracting(step -> step.task().dotId()).containsExactly("a", "send", "after");
        Rehearsal.Step send = rehearsal.steps().get(1);
        assertThat(send.attributes()).containsEntry("data", "0x78").doesNotContainKey("type");
        assertThat(send.inputs()).containsExactly("\"0x78\"");
        assertThat(send.transaction().orElseThrow().from()).isEqualTo(KEY);
        assertThat(send.transaction().orElseThrow().gasLimit()).isEqualTo(500_000);
        assertThat(send.transaction().orElseThrow().verdict())
                .isEqualTo(new Verdict.Succeeds(21_160, Bytes.fromHex("0x78")));
    }

    @ParameterizedTest
    @CsvSource({"''", "minConfirmations=0"})
    void aTransactionThatWouldRevert_makesTheRunErrored_alsoWhereTheJobDoesNotWait(String more)
            throws InterruptedException {
        Rehearsal rehearsal = rehearse(sending("c003", more).replace(" -> after", ""));
        assertThat(rehearsal.outcome().state()).isEqualTo(RunState.ERRORED);
        assertThat(rehearsal.outcome().allErrors())
                .singleElement()
                .asString()
                .startsWith("the transaction would fail: ")
                .contains("bad thing");
    }

    @Test
    void aKeyThatMayNotSend_isSaid() throws InterruptedException {
        Rehearsal rehearsal = rehearse(sending("c002", "from=\"$(others)\""));
        assertThat(rehearsal.steps().get(1).transaction().orElseThrow().verdict())
                .isEqualTo(new Verdict.Fails("no key of chain 1337 may send it"));
    }

    @ParameterizedTest
    @CsvSource({
        "'fulfillOracleRequest(bytes32,uint256,address,bytes4,uint256,bytes32)', 0, true",
        "'fulfillOracleRequest2(bytes32,uint256,address,bytes4,uint256,bytes)', 0, true",
        "'fulfillOracleRequest2(bytes32,uint256,address,bytes4,uint256,bytes)', 1, false",
        "'transfer(address,uint256)', 0, false",
    })
    void anAnswerThatTheConsumerRefuses_isTold(String function, int returned, boolean refused) {
        Bytes selector = Bytes.of(Keccak256.digest(function.getBytes(StandardCharsets.US_ASCII)))
                .slice(0, 4);
        byte[] word = new byte[32];
        word[31] = (byte) returned;
        assertThat(new TriedTransaction(ChainId.of(1), KEY, KEY, selector, 1, new Verdict.Succeeds(1, Bytes.of(word)))
                        .consumerRefuses())
                .isEqualTo(refused);
    }

    @Test
    void aTaskAfterAFailure_isShownWithWhatItWasWrittenAs() throws InterruptedException {
        Rehearsal rehearsal = rehearse("a [type=fail msg=\"broken\"] b [type=multiply input=\"$(a)\" times=2]");
        assertThat(rehearsal.steps().get(1).attributes()).containsEntry("input", "$(a)");
        assertThat(rehearsal.steps().get(1).run().orElseThrow().error()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0x08c379a0"
                        + "0000000000000000000000000000000000000000000000000000000000000020"
                        + "0000000000000000000000000000000000000000000000000000000000000003"
                        + "6261640000000000000000000000000000000000000000000000000000000000"
                        + "; execution reverted: bad",
                "0x4e487b710000000000000000000000000000000000000000000000000000000000000011"
                        + "; execution reverted: panic 17",
                "0xdeadbeef; execution reverted with 0xdeadbeef",
                "0x08c379a0; what the endpoint said",
                "0x; what the endpoint said",
                "nonsense; what the endpoint said",
            })
    void theReasonOfARevert_isTheContracts(String data, String reason) {
        assertThat(RevertReason.of("what the endpoint said", Optional.of("{\"data\":\"" + data + "\"}")))
                .isEqualTo(reason);
        assertThat(RevertReason.of("what the endpoint said", Optional.empty())).isEqualTo("what the endpoint said");
    }
}
