package io.carabiner.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

final class ValueJsonTest {

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
}
