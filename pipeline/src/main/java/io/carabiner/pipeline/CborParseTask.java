package io.carabiner.pipeline;

import io.carabiner.primitives.Bytes;
import io.carabiner.values.CborReader;
import io.carabiner.values.Coerce;
import io.carabiner.values.GoText;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/** What some CBOR says: as the pairs of a map without its frame (diet), or as any value (standard). */
record CborParseTask(Parameter data, String mode) implements Task {

    private static final int MAP = 5;

    CborParseTask(Attributes attributes) {
        this(attributes.parameter("data").variable().build(), attributes.text("mode"));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkNoInputFailed();
        byte[] cbor = new Resolver(scope).require(data, Coerce::bytes).toArray();
        return switch (mode) {
            case "", "diet" -> parsed(() -> diet(cbor));
            case "standard" -> parsed(() -> cbor.length == 0 ? PipelineValue.none() : CborReader.readFirst(cbor));
            default -> throw new TaskFailure("unrecognised mode: " + mode);
        };
    }

    private interface Reading {
        PipelineValue read();
    }

    private static TaskAnswer parsed(Reading reading) {
        try {
            return TaskAnswer.of(reading.read());
        } catch (TaskFailure e) {
            throw TaskFailure.badInput("CBORParse: data: " + e.text());
        }
    }

    private static PipelineValue diet(byte[] cbor) {
        int major = cbor.length == 0 ? 0 : (cbor[0] & 0xff) >> 5;
        byte[] framed = cbor.length == 0 || (cbor.length > 1 && major != MAP) ? frame(cbor) : cbor;
        PipelineValue value = CborReader.readFirst(framed);
        if (!(value instanceof PipelineValue.AnyKeyed)) {
            throw new TaskFailure("cbor: cannot unmarshal " + CborReader.kindOf(framed[0])
                    + " into Go value of type map[interface {}]interface {}");
        }
        return textKeys(value);
    }

    private static byte[] frame(byte[] pairs) {
        Bytes begin = Bytes.of((byte) 0xbf);
        return begin.concat(Bytes.of(pairs)).concat(Bytes.of((byte) 0xff)).toArray();
    }

    private static PipelineValue textKeys(PipelineValue value) {
        return switch (value) {
            case PipelineValue.AnyKeyed(Map<PipelineValue, PipelineValue> entries) -> {
                Map<String, PipelineValue> fields = new LinkedHashMap<>();
                entries.forEach((key, field) -> fields.put(textKey(key), textKeys(field)));
                yield PipelineValue.map(fields);
            }
            case PipelineValue.Items items ->
                PipelineValue.list(
                        items.items().stream().map(CborParseTask::textKeys).toList());
            default -> value;
        };
    }

    private static String textKey(PipelineValue key) {
        if (key instanceof PipelineValue.Text(String text)) {
            return text;
        }
        throw new TaskFailure("unable to coerce key " + GoText.typeOf(key) + " " + GoText.print(key) + " to a string");
    }
}
