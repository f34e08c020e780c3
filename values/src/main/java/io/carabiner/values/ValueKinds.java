package io.carabiner.values;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stored JSON does not tell of a value: that a text is bytes, a number a float, a list typed. Beside the JSON
 * it is enough to have the value again as it was, so that a run that goes on after a restart sees what it saw before.
 *
 * <p>As JSON: a text for one value ({@code "d"} for a decimal), {@code {"map": {key: kinds}}}, {@code {"list": {place:
 * kinds}, "of": type}}, {@code {"memo": kinds}}. What JSON tells by itself is left out.
 */
final class ValueKinds {

    private static final PipelineValue NOTHING = PipelineValue.text("");
    private static final String NEGATIVE_ZERO = "-f";
    private static final String ANY = "interface {}";

    private ValueKinds() {}

    /** The kinds of a value, empty if its JSON says all. */
    static Optional<PipelineValue> of(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Null ignored -> Optional.empty();
            case PipelineValue.Bool ignored -> Optional.empty();
            case PipelineValue.Text ignored -> Optional.empty();
            case PipelineValue.Whole(BigInteger number, PipelineValue.WholeKind kind) ->
                GoText.whole(number).equals(value) ? Optional.empty() : Optional.of(PipelineValue.text(kind.name()));
            case PipelineValue.Floating(double number) -> ofFloat(number);
            case PipelineValue.Decimal ignored -> Optional.of(PipelineValue.text("d"));
            case PipelineValue.Binary binary ->
                Optional.of(PipelineValue.text(binary.kind().name()));
            case PipelineValue.Items items -> ofList(items);
            case PipelineValue.Fields fields -> ofMap(fields.fields());
            case PipelineValue.AnyKeyed keyed -> ofMap(GoText.textKeys(keyed));
            case PipelineValue.Memo memo ->
                Optional.of(PipelineValue.map(Map.of("memo", of(memo.content()).orElse(NOTHING))));
        };
    }

    private static Optional<PipelineValue> ofFloat(double number) {
        if (number == 0 && 1 / number < 0) {
            return Optional.of(PipelineValue.text(NEGATIVE_ZERO));
        }
        return GoText.jsonFloat(number).matches("-?[0-9]+") ? Optional.of(PipelineValue.text("f")) : Optional.empty();
    }

    private static Optional<PipelineValue> ofList(PipelineValue.Items list) {
        Map<String, PipelineValue> places = new LinkedHashMap<>();
        for (int i = 0; i < list.items().size(); i++) {
            String place = Integer.toString(i);
            of(list.items().get(i)).ifPresent(kinds -> places.put(place, kinds));
        }
        Map<String, PipelineValue> all = new LinkedHashMap<>();
        if (!list.elementType().equals(ANY)) {
            all.put("of", PipelineValue.text(list.elementType()));
        }
        if (!places.isEmpty() || !all.isEmpty()) {
            all.put("list", PipelineValue.map(places));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(PipelineValue.map(all));
    }

    private static Optional<PipelineValue> ofMap(Map<String, PipelineValue> fields) {
        Map<String, PipelineValue> kinds = new LinkedHashMap<>();
        fields.forEach((key, field) -> of(field).ifPresent(kind -> kinds.put(key, kind)));
        return kinds.isEmpty()
                ? Optional.empty()
                : Optional.of(PipelineValue.map(Map.of("map", PipelineValue.map(kinds))));
    }

    /** The value as it was; where kinds and JSON do not belong together, as the JSON has it. */
    static PipelineValue restore(PipelineValue plain, PipelineValue kinds) {
        return switch (kinds) {
            case PipelineValue.Text(String code) -> restoreOne(plain, code);
            case PipelineValue.Fields(Map<String, PipelineValue> by)
            when by.containsKey("memo") -> new PipelineValue.Memo(restore(plain, by.getOrDefault("memo", NOTHING)));
            case PipelineValue.Fields(Map<String, PipelineValue> by)
            when by.get("map") instanceof PipelineValue.Fields(Map<String, PipelineValue> keys)
                    && plain instanceof PipelineValue.Fields(Map<String, PipelineValue> fields) ->
                restoreMap(fields, keys);
            case PipelineValue.Fields(Map<String, PipelineValue> by)
            when by.get("list") instanceof PipelineValue.Fields(Map<String, PipelineValue> places)
                    && plain instanceof PipelineValue.Items items ->
                restoreList(items, places, by.getOrDefault("of", PipelineValue.text(ANY)));
            default -> plain;
        };
    }

    private static PipelineValue restoreMap(Map<String, PipelineValue> fields, Map<String, PipelineValue> kinds) {
        Map<String, PipelineValue> restored = new LinkedHashMap<>();
        fields.forEach((key, field) -> restored.put(key, restore(field, kinds.getOrDefault(key, NOTHING))));
        return PipelineValue.map(restored);
    }

    private static PipelineValue restoreList(
            PipelineValue.Items items, Map<String, PipelineValue> kinds, PipelineValue type) {
        List<PipelineValue> restored = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            restored.add(restore(items.items().get(i), kinds.getOrDefault(Integer.toString(i), NOTHING)));
        }
        return new PipelineValue.Items(restored, type instanceof PipelineValue.Text(String text) ? text : ANY);
    }

    private static PipelineValue restoreOne(PipelineValue plain, String code) {
        if (code.isEmpty()) {
            return plain;
        }
        try {
            return switch (plain) {
                case PipelineValue.Text(String text)
                when code.equals("d") -> PipelineValue.decimal(new BigDecimal(text));
                case PipelineValue.Text(String text) -> binary(text, PipelineValue.BinaryKind.valueOf(code));
                case PipelineValue.Whole(BigInteger number, PipelineValue.WholeKind ignored)
                when code.equals(NEGATIVE_ZERO) && number.signum() == 0 -> new PipelineValue.Floating(-0.0);
                case PipelineValue.Whole(BigInteger number, PipelineValue.WholeKind ignored)
                when code.equals("f") -> new PipelineValue.Floating(number.doubleValue());
                case PipelineValue.Whole(BigInteger number, PipelineValue.WholeKind ignored) ->
                    new PipelineValue.Whole(number, PipelineValue.WholeKind.valueOf(code));
                default -> plain;
            };
        } catch (IllegalArgumentException e) {
            return plain;
        }
    }

    private static PipelineValue binary(String text, PipelineValue.BinaryKind kind) {
        Bytes bytes =
                kind == PipelineValue.BinaryKind.ADDRESS ? Address.fromHex(text).bytes() : Bytes.fromHex(text);
        return new PipelineValue.Binary(bytes, kind);
    }
}
