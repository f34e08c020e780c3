package io.carabiner.evm;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.JsonFields;
import io.carabiner.rpc.RpcException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Results of JSON-RPC methods as our types: pure. Every method throws {@link RpcException} of kind
 * {@code MALFORMED_RESULT} that names the field when the endpoint's answer does not have the promised shape.
 */
final class RpcDecoder {

    private RpcDecoder() {}

    static Head head(JsonNode block) {
        return new Head(
                JsonFields.number(block, "number"),
                JsonFields.hash(block, "hash"),
                JsonFields.hash(block, "parentHash"),
                Instant.ofEpochSecond(JsonFields.number(block, "timestamp")),
                JsonFields.optional(block, "baseFeePerGas", JsonFields::quantity)
                        .map(Wei::new),
                JsonFields.optional(block, "receiptsRoot", JsonFields::hash32).orElse(Hash32.ZERO),
                JsonFields.optional(block, "transactionsRoot", JsonFields::hash32)
                        .orElse(Hash32.ZERO),
                JsonFields.optional(block, "stateRoot", JsonFields::hash32).orElse(Hash32.ZERO),
                JsonFields.optional(block, "logsBloom", JsonFields::bytes).orElse(Bytes.EMPTY));
    }

    static LogEntry log(JsonNode log) {
        return new LogEntry(
                JsonFields.address(JsonFields.field(log, "address"), "address"),
                JsonFields.list(JsonFields.field(log, "topics"), "topics", topic -> JsonFields.hash32(topic, "topics")),
                JsonFields.optional(log, "data", JsonFields::bytes).orElse(Bytes.EMPTY),
                JsonFields.number(log, "blockNumber"),
                JsonFields.hash(log, "blockHash"),
                JsonFields.hash(log, "transactionHash"),
                JsonFields.number(log, "transactionIndex"),
                JsonFields.number(log, "logIndex"));
    }

    static List<LogEntry> logs(JsonNode logs) {
        return JsonFields.list(logs, "logs", RpcDecoder::log);
    }

    /** The transaction that a receipt belongs to. */
    static Hash32 hashOf(JsonNode receipt) {
        return JsonFields.hash(receipt, "transactionHash");
    }

    static Receipt receipt(JsonNode receipt) {
        return new Receipt(
                JsonFields.hash(receipt, "transactionHash"),
                JsonFields.number(receipt, "blockNumber"),
                JsonFields.hash(receipt, "blockHash"),
                JsonFields.number(receipt, "transactionIndex"),
                // Before Byzantium there was no status; such a receipt says nothing of a failure.
                JsonFields.optional(receipt, "status", JsonFields::quantity)
                        .map(status -> status.signum() != 0)
                        .orElse(true),
                JsonFields.number(receipt, "gasUsed"),
                JsonFields.number(receipt, "cumulativeGasUsed"),
                JsonFields.optional(receipt, "effectiveGasPrice", JsonFields::quantity)
                        .map(Wei::new),
                JsonFields.optional(receipt, "contractAddress", JsonFields::address),
                JsonFields.optional(receipt, "logsBloom", JsonFields::bytes).orElse(Bytes.EMPTY),
                logs(JsonFields.field(receipt, "logs")),
                receipt.toString());
    }

    /** Those of a block that was asked for with whole transactions. */
    static List<ChainTransaction> transactions(JsonNode block) {
        return block.isNull()
                ? List.of()
                : JsonFields.list(JsonFields.field(block, "transactions"), "transactions", RpcDecoder::transaction);
    }

    private static ChainTransaction transaction(JsonNode transaction) {
        return new ChainTransaction(
                JsonFields.hash(transaction, "hash"),
                JsonFields.address(JsonFields.field(transaction, "from"), "from"),
                JsonFields.optional(transaction, "to", JsonFields::address),
                JsonFields.number(transaction, "nonce"),
                JsonFields.optional(transaction, "input", JsonFields::bytes).orElse(Bytes.EMPTY),
                JsonFields.optional(transaction, "value", JsonFields::quantity)
                        .map(Wei::new)
                        .orElse(Wei.ZERO),
                JsonFields.number(transaction, "gas"),
                JsonFields.optional(transaction, "type", JsonFields::quantity)
                        .orElse(BigInteger.ZERO)
                        .intValue(),
                fee(transaction),
                JsonFields.optional(transaction, "v", JsonFields::quantity).orElse(BigInteger.ZERO),
                JsonFields.optional(transaction, "r", JsonFields::quantity).orElse(BigInteger.ZERO),
                JsonFields.optional(transaction, "s", JsonFields::quantity).orElse(BigInteger.ZERO),
                transaction.path("accessList").isEmpty());
    }

    private static FeeQuote fee(JsonNode transaction) {
        Optional<Wei> cap = JsonFields.optional(transaction, "maxFeePerGas", JsonFields::quantity)
                .map(Wei::new);
        Optional<Wei> tip = JsonFields.optional(transaction, "maxPriorityFeePerGas", JsonFields::quantity)
                .map(Wei::new);
        return cap.isPresent() && tip.isPresent()
                ? new FeeQuote.Dynamic(cap.get(), tip.get())
                : new FeeQuote.Legacy(JsonFields.optional(transaction, "gasPrice", JsonFields::quantity)
                        .map(Wei::new)
                        .orElse(Wei.ZERO));
    }

    static FeeHistory feeHistory(JsonNode history) {
        JsonNode rewards = history.path("reward");
        return new FeeHistory(
                JsonFields.number(history, "oldestBlock"),
                JsonFields.list(JsonFields.field(history, "baseFeePerGas"), "baseFeePerGas", JsonFields::wei),
                rewards.isArray()
                        ? JsonFields.list(rewards, "reward", block -> JsonFields.list(block, "reward", JsonFields::wei))
                        : List.of());
    }
}
