package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.values.PipelineValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class ValuesTest {

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = random.nextInt(0x11000);
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? '"' : point);
        }
        return text.toString();
    }

    @RepeatedTest(50)
    void quotedTexts_comeBackAsTheyWere() {
        long seed = new Random().nextLong();
        String text = text(new Random(seed));
        assertThat(DotQuotes.unquote(DotQuotes.quote(text))).as("seed " + seed).isEqualTo(text);
    }

    @RepeatedTest(50)
    void decimals_agreeWithBigDecimal() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        BigDecimal a = new BigDecimal(new BigInteger(100, random), random.nextInt(40) - 20);
        BigDecimal b = new BigDecimal(new BigInteger(100, random).add(BigInteger.ONE), random.nextInt(40) - 20);
        RunOutcome outcome = Runs.run("""
                m [type=multiply input="%s" times="%s" index=0]
                d [type=divide input="%s" divisor="%s" index=1]
                """.formatted(a, b, a, b));
        assertThat(number(outcome.outputs().get(0))).as("seed " + seed).isEqualByComparingTo(a.multiply(b));
        assertThat(number(outcome.outputs().get(1)))
                .as("seed " + seed)
                .isEqualByComparingTo(a.divide(b, 16, RoundingMode.HALF_UP));
    }

    private static BigDecimal number(PipelineValue value) {
        return ((PipelineValue.Decimal) value).value();
    }

    @Test
    void typesOfAllRows_canBeCompiledWithoutAttributes() {
        for (String type : TaskTypes.names()) {
            assertThat(Pipeline.parse("t [type=" + type + "]").tasks()).hasSize(1);
        }
    }
}
