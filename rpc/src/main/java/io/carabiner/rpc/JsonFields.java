package io.carabiner.rpc;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads values and fields of JSON-RPC results: pure. Every method throws {@link RpcException} of kind
 * {@code MALFORMED_RESULT} that names the field when the endpoint's answer does not have the promised shape.
 */
public final class JsonFields {

    private static final int QUANTITY_DIGITS_MAX = 64;

    private JsonFields() {}

    /** An amount in wei. */
    public static Wei wei(JsonNode value) {
        return new Wei(quantity(value, "amount"));
    }

    /** A whole number of 0 or more that fits into 63 bits. */
    public static long longQuantity(JsonNode value, String name) {
        BigInteger number = quantity(value, name);
        if (number.bitLength() > 63) {
            throw malformed(name, value);
        }
        return number.longValueExact();
    }

    /** A whole number of 0 or more, in hex after {@code 0x}, of at most 256 bits. */
    public static BigInteger quantity(JsonNode value, String name) {
        String text = value.isString() ? value.asString() : "";
        if (!text.startsWith("0x") || text.length() < 3 || text.length() > 2 + QUANTITY_DIGITS_MAX) {
            throw malformed(name, value);
        }
        return parsed(value, name, node -> new BigInteger(text.substring(2), 16));
    }

    /** Any number of bytes. */
    public static Bytes bytes(JsonNode value, String name) {
        return parsed(value, name, node -> Bytes.fromHex(prefixed(node)));
    }

    /** Exactly 32 bytes. */
    public static Hash32 hash32(JsonNode value, String name) {
        return parsed(value, name, node -> Hash32.fromHex(prefixed(node)));
    }

    /** Exactly 20 bytes. */
    public static Address address(JsonNode value, String name) {
        return parsed(value, name, node -> Address.fromHex(prefixed(node)));
    }

    private static String prefixed(JsonNode node) {
        String text = node.isString() ? node.asString() : "";
        if (!text.startsWith("0x")) {
            throw new IllegalArgumentException("no 0x");
        }
        return text;
    }

    private static <T> T parsed(JsonNode value, String name, Function<JsonNode, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw malformed(name, value);
        }
    }

    /** The field as a whole number that fits into 63 bits. */
    public static long number(JsonNode object, String name) {
        return longQuantity(field(object, name), name);
    }

    /** The field as 32 bytes. */
    public static Hash32 hash(JsonNode object, String name) {
        return hash32(field(object, name), name);
    }

    /** The field, which must be there. */
    public static JsonNode field(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw malformed(name, value);
        }
        return value;
    }

    /** The field where it is there and not null. */
    public static <T> Optional<T> optional(JsonNode object, String name, Reader<T> reader) {
        JsonNode value = object.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(reader.read(value, name));
    }

    /** Each element of an array. */
    public static <T> List<T> list(JsonNode array, String name, Function<JsonNode, T> reader) {
        if (!array.isArray()) {
            throw malformed(name, array);
        }
        List<T> values = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            values.add(reader.apply(element));
        }
        return values;
    }

    private static RpcException malformed(String name, JsonNode value) {
        String shown = value.isMissingNode()
                ? "nothing"
                : value.getNodeType().toString().toLowerCase(Locale.ROOT);
        return new RpcException(
                RpcFault.MALFORMED_RESULT,
                "an endpoint's answer has " + shown + " in the field " + name
                        + " where JSON-RPC promises something else");
    }

    /** Reads a value; the name is for the fault's words. */
    public interface Reader<T> {
        /** The value, or a fault that names the field. */
        T read(JsonNode value, String name);
    }
}
