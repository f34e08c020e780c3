package io.carabiner.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A value that went through the database is the same value of the same kind. */
final class ValueKindsTest {

    @RepeatedTest(200)
    void everyValue_comesBackWithItsKind() {
        long seed = new Random().nextLong();
        PipelineValue value = random(new Random(seed), 0);
        assertThat(PipelineValue.fromStored(value.toJson(), value.kinds()))
                .as("seed " + seed + " " + value.toJson() + " " + value.kinds())
                .isEqualTo(value);
    }

    private static PipelineValue random(Random random, int depth) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        byte[] word = new byte[32];
        random.nextBytes(word);
        return switch (random.nextInt(depth > 3 ? 12 : 16)) {
            case 0 -> PipelineValue.none();
            case 1 -> PipelineValue.bool(random.nextBoolean());
            case 2 ->
                PipelineValue.text(
                        List.of("", "0x00", "1.5", "d", "BYTES", "map").get(random.nextInt(6)));
            case 3 -> PipelineValue.int64(random.nextLong());
            case 4 -> PipelineValue.big(new BigInteger(random.nextInt(300), random).negate());
            case 5 -> new PipelineValue.Whole(BigInteger.valueOf(random.nextInt(256)), PipelineValue.WholeKind.UINT8);
            case 6 -> new PipelineValue.Floating(random.nextBoolean() ? random.nextInt() : random.nextGaussian());
            // Odd, so without zeros at the end: how many of them there are is not kept.
            case 7 -> PipelineValue.decimal(new BigDecimal(new BigInteger(90, random).setBit(0), random.nextInt(20)));
            case 8 -> PipelineValue.bytes(Bytes.of(bytes));
            case 9 -> new PipelineValue.Binary(Bytes.of(bytes), PipelineValue.BinaryKind.FIXED);
            case 10 -> PipelineValue.hash(new Hash32(Bytes.of(word)));
            case 11 -> PipelineValue.address(Address.of(java.util.Arrays.copyOf(word, 20)));
            case 12 -> PipelineValue.uuid(new UUID(random.nextLong(), random.nextLong()));
            case 13 -> new PipelineValue.Memo(random(random, depth + 2));
            case 14 -> {
                List<PipelineValue> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(random(random, depth + 1));
                }
                yield new PipelineValue.Items(items, random.nextBoolean() ? "interface {}" : "*big.Int");
            }
            default -> {
                Map<String, PipelineValue> fields = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    fields.put(
                            List.of("map", "list", "memo", "of", "a").get(random.nextInt(5)),
                            random(random, depth + 1));
                }
                yield PipelineValue.map(fields);
            }
        };
    }

    @Test
    void whatJsonTellsByItself_hasNoKinds() {
        PipelineValue plain =
                PipelineValue.fromJson("{\"a\":[1,1.5,null,true,\"0x00\",{}],\"b\":18446744073709551615}");
        assertThat(plain.kinds()).isEmpty();
    }

    @Test
    void kindsThatDoNotFit_areIgnored() {
        for (String kinds : List.of("\"BYTES\"", "\"NOTHING\"", "{\"map\":{\"a\":\"d\"}}", "{\"list\":1}", "7", "[]")) {
            assertThat(PipelineValue.fromStored("\"text\"", Optional.of(kinds)))
                    .as(kinds)
                    .isEqualTo(PipelineValue.text("text"));
        }
    }

    @Test
    void negativeZero_keepsItsSign() {
        PipelineValue zero = PipelineValue.list(List.of(new PipelineValue.Floating(-0.0)));
        assertThat(PipelineValue.fromStored(zero.toJson(), zero.kinds())).isEqualTo(zero);
    }
}
