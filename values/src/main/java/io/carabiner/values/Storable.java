package io.carabiner.values;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What no database row can hold. A task that answers with it has failed, with the reason: the Go node would lose the
 * whole run.
 */
public final class Storable {

    private Storable() {}

    /** The reason why a value cannot be stored; empty if it can. */
    public static Optional<String> fault(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) -> faultOfText(text);
            case PipelineValue.Floating(double number) ->
                Double.isFinite(number)
                        ? Optional.empty()
                        : Optional.of("the result holds " + GoText.print(value) + ", which cannot be stored");
            case PipelineValue.Decimal decimal ->
                Decimals.fits(decimal.value())
                        ? Optional.empty()
                        : Optional.of("the result has more than " + Decimals.DIGITS_LIMIT + " digits");
            case PipelineValue.Items items -> first(items.items().stream());
            case PipelineValue.Fields(Map<String, PipelineValue> fields) ->
                first(Stream.concat(fields.keySet().stream().map(PipelineValue::text), fields.values().stream()));
            case PipelineValue.AnyKeyed(Map<PipelineValue, PipelineValue> entries) ->
                first(Stream.concat(entries.keySet().stream(), entries.values().stream()));
            case PipelineValue.Memo(PipelineValue content) -> fault(content);
            case PipelineValue.Null ignored -> Optional.empty();
            case PipelineValue.Bool ignored -> Optional.empty();
            case PipelineValue.Whole ignored -> Optional.empty();
            case PipelineValue.Binary ignored -> Optional.empty();
        };
    }

    private static Optional<String> faultOfText(String text) {
        return text.indexOf('\0') < 0
                ? Optional.empty()
                : Optional.of("the result holds a NUL character, which cannot be stored");
    }

    private static Optional<String> first(Stream<? extends PipelineValue> values) {
        return values.flatMap(value -> fault(value).stream()).findFirst();
    }
}
