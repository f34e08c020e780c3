package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.esaulpaugh.headlong.abi.TupleType;
import io.carabiner.primitives.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class ValuesTest {

    @RepeatedTest(50)
    void json_comesBackAsItWas() {
        long seed = new Random().nextLong();
        PipelineValue value = random(new Random(seed), 0);
        PipelineValue back = PipelineValue.fromJson(value.toJson());
        assertThat(back).as("seed " + seed + " " + value.toJson()).isEqualTo(value);
        assertThat(back.toJson()).isEqualTo(value.toJson());
    }

    private static PipelineValue random(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> PipelineValue.none();
            case 1 -> PipelineValue.bool(random.nextBoolean());
            case 2 -> PipelineValue.text(text(random));
            case 3 -> PipelineValue.int64(random.nextLong());
            case 4 -> GoText.whole(new BigInteger(random.nextInt(400), random).negate());
            case 5 -> fraction(random);
            case 6 -> {
                List<PipelineValue> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(random(random, depth + 1));
                }
                yield PipelineValue.list(items);
            }
            default -> {
                Map<String, PipelineValue> fields = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    fields.put(text(random), random(random, depth + 1));
                }
                yield PipelineValue.map(fields);
            }
        };
    }

    private static PipelineValue fraction(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        boolean readsAsWhole =
                !Double.isFinite(value) || GoText.jsonFloat(value).matches("-?[0-9]+");
        return new PipelineValue.Floating(readsAsWhole ? 0.5 : value);
    }

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

    @RepeatedTest(50)
    void abiBytes_areThoseOfAnotherLibrary_andDecodeToTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        BigInteger number = new BigInteger(256, random);
        byte[] word = new byte[32];
        random.nextBytes(word);
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        BigInteger[] list = new BigInteger[random.nextInt(5)];
        List<PipelineValue> items = new ArrayList<>();
        for (int i = 0; i < list.length; i++) {
            list[i] = new BigInteger(200, random);
            items.add(PipelineValue.big(list[i]));
        }
        String text = text(random).replace("\0", "");
        byte[] wanted = TupleType.parse("(uint256,bytes32,bytes,uint256[],string,bool)")
                .encode(com.esaulpaugh.headlong.abi.Tuple.from(number, word, bytes, list, text, true))
                .array();
        List<AbiText.Argument> arguments =
                AbiText.arguments("uint256 a, bytes32 b, bytes c, uint256[] d, string e, bool f", false);
        Map<String, PipelineValue> values = Map.of(
                "a", PipelineValue.big(number),
                "b", PipelineValue.bytes(Bytes.of(word)),
                "c", PipelineValue.bytes(Bytes.of(bytes)),
                "d", PipelineValue.list(items),
                "e", PipelineValue.text(text),
                "f", PipelineValue.bool(true));
        Bytes encoded = AbiEncoder.encode(arguments, values);
        assertThat(encoded).as("seed " + seed).isEqualTo(Bytes.of(wanted));
        Map<String, PipelineValue> decoded = AbiDecoder.decode(arguments, encoded);
        assertThat(PipelineValue.map(decoded).toJson())
                .as("seed " + seed)
                .isEqualTo(PipelineValue.map(values).toJson());
    }

    @Test
    void typesOfAllRows_canBeCompiledWithoutAttributes() {
        for (String type : TaskTypes.names()) {
            assertThat(Pipeline.parse("t [type=" + type + "]").tasks()).hasSize(1);
        }
    }
}
