package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Results of JSON-RPC methods as our types: pure. Every method throws {@link RpcException} of kind
 * {@code MALFORMED_RESULT} that names the field when the endpoint's answer does not have the promised shape.
 */
final class RpcDecoder {

    private static final int QUANTITY_DIGITS_MAX = 64;

    private RpcDecoder() {}

    static Head head(JsonNode block) {
        return new Head(
                number(block, "number"),
                hash(block, "hash"),
                hash(block, "parentHash"),
                Instant.ofEpochSecond(number(block, "timestamp")),
                optional(block, "baseFeePerGas", RpcDecoder::quantity).map(Wei::new),
                optional(block, "receiptsRoot", RpcDecoder::hash32).orElse(Hash32.ZERO),
                optional(block, "transactionsRoot", RpcDecoder::hash32).orElse(Hash32.ZERO),
                optional(block, "stateRoot", RpcDecoder::hash32).orElse(Hash32.ZERO),
                optional(block, "logsBloom", RpcDecoder::bytes).orElse(Bytes.EMPTY));
    }

    static LogEntry log(JsonNode log) {
        return new LogEntry(
                address(field(log, "address"), "address"),
                list(field(log, "topics"), "topics", topic -> hash32(topic, "topics")),
                optional(log, "data", RpcDecoder::bytes).orElse(Bytes.EMPTY),
                number(log, "blockNumber"),
                hash(log, "blockHash"),
                hash(log, "transactionHash"),
                number(log, "transactionIndex"),
                number(log, "logIndex"));
    }

    static List<LogEntry> logs(JsonNode logs) {
        return list(logs, "logs", RpcDecoder::log);
    }

    static Receipt receipt(JsonNode receipt) {
        return new Receipt(
                hash(receipt, "transactionHash"),
                number(receipt, "blockNumber"),
                hash(receipt, "blockHash"),
                number(receipt, "transactionIndex"),
                // Before Byzantium there was no status; such a receipt says nothing of a failure.
                optional(receipt, "status", RpcDecoder::quantity)
                        .map(status -> status.signum() != 0)
                        .orElse(true),
                number(receipt, "gasUsed"),
                number(receipt, "cumulativeGasUsed"),
                optional(receipt, "effectiveGasPrice", RpcDecoder::quantity).map(Wei::new),
                optional(receipt, "contractAddress", RpcDecoder::address),
                optional(receipt, "logsBloom", RpcDecoder::bytes).orElse(Bytes.EMPTY),
                logs(field(receipt, "logs")),
                receipt.toString());
    }

    static FeeHistory feeHistory(JsonNode history) {
        JsonNode rewards = history.path("reward");
        return new FeeHistory(
                number(history, "oldestBlock"),
                list(field(history, "baseFeePerGas"), "baseFeePerGas", RpcDecoder::wei),
                rewards.isArray()
                        ? list(rewards, "reward", block -> list(block, "reward", RpcDecoder::wei))
                        : List.of());
    }

    static Wei wei(JsonNode value) {
        return new Wei(quantity(value, "amount"));
    }

    /** A whole number of 0 or more that fits into 63 bits. */
    static long longQuantity(JsonNode value, String name) {
        BigInteger number = quantity(value, name);
        if (number.bitLength() > 63) {
            throw malformed(name, value);
        }
        return number.longValueExact();
    }

    static BigInteger quantity(JsonNode value, String name) {
        String text = value.isString() ? value.asString() : "";
        if (!text.startsWith("0x") || text.length() < 3 || text.length() > 2 + QUANTITY_DIGITS_MAX) {
            throw malformed(name, value);
        }
        return parsed(value, name, node -> new BigInteger(text.substring(2), 16));
    }

    static Bytes bytes(JsonNode value, String name) {
        return parsed(value, name, node -> Bytes.fromHex(prefixed(node)));
    }

    private static Hash32 hash32(JsonNode value, String name) {
        return parsed(value, name, node -> Hash32.fromHex(prefixed(node)));
    }

    private static Address address(JsonNode value, String name) {
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

    private static long number(JsonNode object, String name) {
        return longQuantity(field(object, name), name);
    }

    private static Hash32 hash(JsonNode object, String name) {
        return hash32(field(object, name), name);
    }

    private static JsonNode field(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw malformed(name, value);
        }
        return value;
    }

    private static <T> Optional<T> optional(JsonNode object, String name, Reader<T> reader) {
        JsonNode value = object.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(reader.read(value, name));
    }

    static <T> List<T> list(JsonNode array, String name, Function<JsonNode, T> reader) {
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
                : value.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
        return new RpcException(
                RpcFault.MALFORMED_RESULT,
                "an endpoint's answer has " + shown + " in the field " + name
                        + " where JSON-RPC promises something else");
    }

    private interface Reader<T> {
        T read(JsonNode value, String name);
    }
}
