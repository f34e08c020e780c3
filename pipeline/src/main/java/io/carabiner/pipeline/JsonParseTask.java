package io.carabiner.pipeline;

import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.JsonReader;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import io.carabiner.values.ValueJson;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** A value inside a JSON text. */
record JsonParseTask(Parameter path, Parameter separator, Parameter data, Parameter lax) implements Task {

    private static final BigInteger FAR = BigInteger.valueOf(Integer.MAX_VALUE);

    JsonParseTask(Attributes attributes) {
        this(
                attributes.parameter("path").variable().exact().build(),
                attributes.parameter("separator").exact().build(),
                attributes.parameter("data").variable().firstInput().build(),
                attributes
                        .parameter("lax")
                        .literal()
                        .orElse(PipelineValue.bool(false))
                        .build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        Resolver first = new Resolver(scope);
        String between = first.require(separator, Coerce::string);
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<List<String>> segments = resolver.read(path, value -> Coerce.jsonPath(value, between));
        Resolver.Resolved<Bytes> json = resolver.read(data, Coerce::bytes);
        Resolver.Resolved<Boolean> missingIsNothing = resolver.read(lax, Coerce::bool);
        resolver.throwFaults();
        PipelineValue document = JsonReader.readFirst(json.get().toArray());
        return TaskAnswer.of(new Walk(segments.get(), json.get(), missingIsNothing.get()).from(document));
    }

    /** One way through one document. */
    private record Walk(List<String> segments, Bytes json, boolean lax) {

        PipelineValue from(PipelineValue document) {
            PipelineValue value = document;
            for (int i = 0; i < segments.size(); i++) {
                PipelineValue next = step(value, segments.get(i));
                if (next == null) {
                    if (!lax) {
                        throw unresolved();
                    }
                    return lastOrMissing(i);
                }
                value = next;
            }
            return value;
        }

        private PipelineValue lastOrMissing(int index) {
            if (index < segments.size() - 1) {
                throw unresolved();
            }
            return PipelineValue.none();
        }

        private @org.jspecify.annotations.Nullable PipelineValue step(PipelineValue value, String segment) {
            return switch (value) {
                case PipelineValue.Fields(Map<String, PipelineValue> fields) -> fields.get(segment);
                case PipelineValue.Items(List<PipelineValue> items, String ignored) -> item(items, segment);
                default -> throw unresolved();
            };
        }

        private static @org.jspecify.annotations.Nullable PipelineValue item(
                List<PipelineValue> items, String segment) {
            if (!segment.matches("[+-]?[0-9]+")) {
                throw new TaskFailure(
                        "JSONParse task error: " + segment + " is not a valid array index: keypath not found");
            }
            BigInteger place = new BigInteger(segment);
            if (place.abs().compareTo(FAR) > 0) {
                return null;
            }
            int index = place.signum() < 0 ? items.size() + place.intValue() : place.intValue();
            return index < 0 || index >= items.size() ? null : items.get(index);
        }

        private TaskFailure unresolved() {
            String shown = ValueJson.write(PipelineValue.list(
                    segments.stream().map(PipelineValue::text).toList()));
            return new TaskFailure(
                    "could not resolve path " + shown + " in " + Coerce.utf8(json.toArray()) + ": keypath not found");
        }
    }
}
