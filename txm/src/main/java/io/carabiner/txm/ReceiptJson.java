package io.carabiner.txm;

import io.carabiner.evm.LogEntry;
import io.carabiner.evm.Receipt;
import io.carabiner.primitives.Address;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receipt as an {@code ethtx} task hands it on and as the Go node stores it ({@code evm.receipts.receipt}): its
 * choice of fields, numbers as hex, names in order.
 */
final class ReceiptJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ReceiptJson() {}

    static MinedReceipt mined(Receipt receipt) {
        return new MinedReceipt(
                receipt.transactionHash(),
                receipt.blockNumber(),
                receipt.blockHash(),
                receipt.transactionIndex(),
                receipt.succeeded(),
                MAPPER.writeValueAsString(fields(receipt)),
                receipt.effectiveGasPrice());
    }

    private static Map<String, Object> fields(Receipt receipt) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("blockHash", receipt.blockHash().toString());
        fields.put("blockNumber", hex(receipt.blockNumber()));
        fields.put(
                "contractAddress",
                receipt.contractAddress().orElse(Address.ZERO).toString());
        fields.put("cumulativeGasUsed", hex(receipt.cumulativeGasUsed()));
        fields.put("gasUsed", hex(receipt.gasUsed()));
        fields.put("logs", receipt.logs().stream().map(ReceiptJson::log).toList());
        fields.put("logsBloom", receipt.logsBloom().toString());
        fields.put("root", "0x");
        fields.put("status", receipt.succeeded() ? "0x1" : "0x0");
        fields.put("transactionHash", receipt.transactionHash().toString());
        fields.put("transactionIndex", hex(receipt.transactionIndex()));
        return fields;
    }

    private static Map<String, Object> log(LogEntry log) {
        List<String> topics = log.topics().stream().map(Object::toString).toList();
        Map<String, Object> fields = new TreeMap<>();
        fields.put("address", log.address().toString());
        fields.put("blockHash", log.blockHash().toString());
        fields.put("blockNumber", hex(log.blockNumber()));
        fields.put("data", log.data().toString());
        fields.put("logIndex", hex(log.logIndex()));
        fields.put("removed", false);
        fields.put("topics", topics);
        fields.put("transactionHash", log.transactionHash().toString());
        fields.put("transactionIndex", hex(log.transactionIndex()));
        return fields;
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
