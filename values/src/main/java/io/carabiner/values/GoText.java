package io.carabiner.values;

import io.carabiner.primitives.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How Go prints things: the names of types, values in messages, quoted texts, floating point numbers. */
public final class GoText {

    private static final int PLAIN_FLOAT_EXPONENT_MIN = -6;
    private static final int PLAIN_FLOAT_EXPONENT_MAX = 21;
    private static final int PRINTED_EXPONENT_MIN = -4;
    private static final int PRINTED_EXPONENT_MAX = 6;

    private GoText() {}

    /** The verb {@code %T}. */
    public static String typeOf(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null ignored -> "<nil>";
            case PipelineValue.Bool ignored -> "bool";
            case PipelineValue.Text ignored -> "string";
            case PipelineValue.Whole whole -> whole.kind().goType();
            case PipelineValue.Floating ignored -> "float64";
            case PipelineValue.Decimal ignored -> "decimal.Decimal";
            case PipelineValue.Binary binary -> binaryType(binary);
            case PipelineValue.Items items -> "[]" + items.elementType();
            case PipelineValue.Fields ignored -> "map[string]interface {}";
            case PipelineValue.AnyKeyed ignored -> "map[interface {}]interface {}";
            case PipelineValue.Memo ignored -> "pipeline.ObjectParam";
        };
    }

    private static String binaryType(PipelineValue.Binary binary) {
        return switch (binary.kind()) {
            case BYTES -> "[]uint8";
            case FIXED -> "[" + binary.value().size() + "]uint8";
            case HASH -> "common.Hash";
            case ADDRESS -> "common.Address";
            case UUID -> "uuid.UUID";
        };
    }

    /** The verb {@code %v}. */
    public static String print(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null ignored -> "<nil>";
            case PipelineValue.Bool bool -> Boolean.toString(bool.value());
            case PipelineValue.Text text -> text.value();
            case PipelineValue.Whole whole -> whole.value().toString();
            case PipelineValue.Floating floating -> printFloat(floating.value());
            case PipelineValue.Decimal decimal -> Decimals.plain(decimal.value());
            case PipelineValue.Binary binary -> printBytes(binary);
            case PipelineValue.Items items ->
                items.items().stream().map(GoText::print).collect(Collectors.joining(" ", "[", "]"));
            case PipelineValue.Fields fields -> printMap(fields.fields());
            case PipelineValue.AnyKeyed keyed -> printMap(textKeys(keyed));
            case PipelineValue.Memo memo -> print(memo.content());
        };
    }

    private static String printMap(Map<String, PipelineValue> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field -> field.getKey() + ":" + print(field.getValue()))
                        .collect(Collectors.joining(" ", "map[", "]"));
    }

    /** A map with other than text keys, its keys as they print. */
    static Map<String, PipelineValue> textKeys(PipelineValue.AnyKeyed keyed) {
        Map<String, PipelineValue> fields = new TreeMap<>();
        keyed.entries().forEach((key, value) -> fields.put(print(key), value));
        return fields;
    }

    private static String printBytes(PipelineValue.Binary binary) {
        Bytes bytes = binary.value();
        if (binary.kind() != PipelineValue.BinaryKind.BYTES && binary.kind() != PipelineValue.BinaryKind.FIXED) {
            return bytes.toString();
        }
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < bytes.size(); i++) {
            text.append(i == 0 ? "" : " ").append(bytes.at(i) & 0xff);
        }
        return text.append(']').toString();
    }

    private static String printFloat(double value) {
        return special(value).orElseGet(() -> scientific(value, PRINTED_EXPONENT_MIN, PRINTED_EXPONENT_MAX));
    }

    /** How Go's JSON writes a finite number: plain between 1e-6 and 1e21, else with an exponent. */
    static String jsonFloat(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return scientific(value, PLAIN_FLOAT_EXPONENT_MIN, PLAIN_FLOAT_EXPONENT_MAX)
                .replaceFirst("e-0", "e-");
    }

    private static String scientific(double value, int plainExponentMin, int plainExponentMax) {
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = shortest(value).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= plainExponentMin && exponent < plainExponentMax) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return (exact.signum() < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "-" : "+") + size;
    }

    /**
     * The shortest decimal number that reads back as this one. Java's own text has two digits at least, which are not
     * the shortest for the smallest numbers.
     */
    public static BigDecimal shortest(double value) {
        BigDecimal number = new BigDecimal(Double.toString(value));
        if (number.precision() == 2) {
            BigDecimal oneDigit = number.round(new MathContext(1, RoundingMode.HALF_UP));
            return oneDigit.doubleValue() == value ? oneDigit : number;
        }
        return number;
    }

    private static Optional<String> special(double value) {
        if (Double.isNaN(value)) {
            return Optional.of("NaN");
        }
        return Double.isInfinite(value) ? Optional.of(value > 0 ? "+Inf" : "-Inf") : Optional.empty();
    }

    /** A whole number as the kind that Go's JSON reading gives it: int64, else uint64, else any size. */
    static PipelineValue whole(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            return new PipelineValue.Whole(value, PipelineValue.WholeKind.INT64);
        }
        boolean unsigned = value.signum() > 0 && value.bitLength() == Long.SIZE;
        return new PipelineValue.Whole(value, unsigned ? PipelineValue.WholeKind.UINT64 : PipelineValue.WholeKind.BIG);
    }
}
