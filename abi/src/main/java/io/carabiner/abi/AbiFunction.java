package io.carabiner.abi;

import io.carabiner.crypto.Keccak256;
import io.carabiner.primitives.Bytes;
import io.carabiner.values.JsonWhole;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A function whose calls can be encoded.
 *
 * @param selector 4 bytes, or none if the function has no name
 */
public record AbiFunction(Bytes selector, List<AbiText.Argument> arguments) {

    private static final String PARSING = "ETHABIEncode: while parsing ABI string: ";

    private static AbiFunction of(String name, List<AbiText.Argument> arguments) {
        if (name.isEmpty()) {
            return new AbiFunction(Bytes.EMPTY, arguments);
        }
        String signature = arguments.stream()
                .map(argument -> argument.type().canonical())
                .collect(Collectors.joining(",", name + "(", ")"));
        byte[] hash = Keccak256.digest(signature.getBytes(StandardCharsets.UTF_8));
        return new AbiFunction(Bytes.of(hash).slice(0, 4), arguments);
    }

    /** {@code name(type name, …)}. */
    public static AbiFunction ofText(String text) {
        try {
            AbiText abi = AbiText.parse(text, false);
            return of(abi.name(), abi.arguments());
        } catch (TaskFailure e) {
            throw new TaskFailure(PARSING + e.text());
        }
    }

    /** {@code {"name": …, "inputs": [{"name", "type", "components"}]}}. */
    public static AbiFunction ofJson(String json) {
        PipelineValue description;
        try {
            description = JsonWhole.read(json);
        } catch (TaskFailure e) {
            throw TaskFailure.badInput(PARSING + e.text());
        }
        if (!(description instanceof PipelineValue.Fields(Map<String, PipelineValue> fields))) {
            throw TaskFailure.badInput(PARSING + "json: cannot unmarshal " + JsonWhole.kindOf(description)
                    + " into Go value of type pipeline.Method");
        }
        List<AbiText.Argument> arguments = new ArrayList<>();
        for (AbiType.Component input : components(fields.getOrDefault("inputs", PipelineValue.none()))) {
            if (input.name().isEmpty()) {
                throw TaskFailure.badInput("ETHABIEncode: bad ABI specification, missing argument name");
            }
            arguments.add(new AbiText.Argument(input.name(), input.type(), false));
        }
        return of(text(fields, "name"), arguments);
    }

    private static List<AbiType.Component> components(PipelineValue list) {
        List<AbiType.Component> components = new ArrayList<>();
        if (list instanceof PipelineValue.Items items) {
            for (PipelineValue item : items.items()) {
                if (item instanceof PipelineValue.Fields(Map<String, PipelineValue> fields)) {
                    List<AbiType.Component> inner = components(fields.getOrDefault("components", PipelineValue.none()));
                    components.add(new AbiType.Component(text(fields, "name"), type(text(fields, "type"), inner)));
                }
            }
        }
        return components;
    }

    private static AbiType type(String text, List<AbiType.Component> components) {
        try {
            return AbiType.parse(text, components);
        } catch (TaskFailure e) {
            throw TaskFailure.badInput(PARSING + e.text());
        }
    }

    private static String text(Map<String, PipelineValue> fields, String key) {
        return fields.get(key) instanceof PipelineValue.Text(String text) ? text : "";
    }

    /** Selector and encoded values. */
    public Bytes call(Map<String, PipelineValue> values) {
        return selector.concat(AbiEncoder.encode(arguments, values));
    }
}
