package io.carabiner.pipeline;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.values.PipelineValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Values of a known kind, as the conformance files write them: texts, booleans, null, lists and objects as JSON, all
 * else as an object with one key, {@code {"$int8": "2"}}, {@code {"$dec": "1.50"}}, {@code {"$bytes": "0x00"}};
 * {@code {"$error": "text"}} is a task that failed.
 */
final class TypedValues {

    private TypedValues() {}

    static TaskResult result(JsonNode node) {
        return node.has("$error")
                ? new TaskResult.Failure(node.get("$error").asString())
                : new TaskResult.Success(value(node));
    }

    static PipelineValue value(JsonNode node) {
        if (node.isNull()) {
            return PipelineValue.none();
        }
        if (node.isBoolean()) {
            return PipelineValue.bool(node.booleanValue());
        }
        if (node.isString()) {
            return PipelineValue.text(node.asString());
        }
        if (node.isArray()) {
            List<PipelineValue> items = new ArrayList<>();
            node.forEach(item -> items.add(value(item)));
            return PipelineValue.list(items);
        }
        if (node.size() == 1 && node.propertyNames().iterator().next().startsWith("$")) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            return typed(only.getKey().substring(1), only.getValue());
        }
        Map<String, PipelineValue> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
        return PipelineValue.map(fields);
    }

    private static PipelineValue typed(String kind, JsonNode node) {
        return switch (kind) {
            case "memo" -> new PipelineValue.Memo(value(node));
            case "hashes" -> hashes(node);
            case "float" -> new PipelineValue.Floating(Double.parseDouble(node.asString()));
            case "dec" -> PipelineValue.decimal(new BigDecimal(node.asString()));
            case "bytes" -> PipelineValue.bytes(Bytes.fromHex(node.asString()));
            case "fixed" -> new PipelineValue.Binary(Bytes.fromHex(node.asString()), PipelineValue.BinaryKind.FIXED);
            case "hash" -> PipelineValue.hash(Hash32.fromHex(node.asString()));
            case "address" -> PipelineValue.address(Address.fromHex(node.asString()));
            default ->
                new PipelineValue.Whole(
                        new BigInteger(node.asString()),
                        PipelineValue.WholeKind.valueOf(kind.toUpperCase(Locale.ROOT)));
        };
    }

    private static PipelineValue hashes(JsonNode node) {
        List<Hash32> hashes = new ArrayList<>();
        node.forEach(hash -> hashes.add(Hash32.fromHex(hash.asString())));
        return PipelineValue.hashes(hashes);
    }

    /** Whether two values are the same: decimals by their value, lists whatever the Go type of their elements. */
    static boolean same(PipelineValue one, PipelineValue other) {
        return plain(one).equals(plain(other));
    }

    private static PipelineValue plain(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Decimal(BigDecimal number) ->
                PipelineValue.decimal(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
            case PipelineValue.Items(List<PipelineValue> items, String ignored) ->
                PipelineValue.list(items.stream().map(TypedValues::plain).toList());
            case PipelineValue.Fields(Map<String, PipelineValue> fields) -> {
                Map<String, PipelineValue> plain = new LinkedHashMap<>();
                fields.forEach((name, field) -> plain.put(name, plain(field)));
                yield PipelineValue.map(plain);
            }
            default -> value;
        };
    }
}
