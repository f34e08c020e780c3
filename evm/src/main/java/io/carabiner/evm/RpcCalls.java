package io.carabiner.evm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.RpcCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls with parameters worth a name: pure. */
final class RpcCalls {

    private RpcCalls() {}

    static RpcCall block(BlockTag tag) {
        return RpcCall.of("eth_getBlockByNumber", tag.wire(), false);
    }

    /** With whole transactions. */
    static RpcCall fullBlock(long number) {
        return RpcCall.of("eth_getBlockByNumber", BlockTag.number(number).wire(), true);
    }

    static RpcCall block(Hash32 hash) {
        return RpcCall.of("eth_getBlockByHash", hash.toString(), false);
    }

    static RpcCall logs(LogFilter filter, long fromBlock, long toBlock) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("fromBlock", BlockTag.number(fromBlock).wire());
        query.put("toBlock", BlockTag.number(toBlock).wire());
        return logs(filter, query);
    }

    /** Of one block (EIP-234). */
    static RpcCall logs(LogFilter filter, Hash32 block) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("blockHash", block.toString());
        return logs(filter, query);
    }

    private static RpcCall logs(LogFilter filter, Map<String, Object> query) {
        query.put(
                "address",
                filter.addresses().stream().sorted().map(Address::toString).toList());
        query.put("topics", topics(filter.topics()));
        return RpcCall.of("eth_getLogs", query);
    }

    /** Null is "any"; an empty list would match nothing at some endpoints. */
    private static List<@Nullable Object> topics(List<Set<Hash32>> places) {
        List<@Nullable Object> wire = new ArrayList<>();
        for (Set<Hash32> wanted : places) {
            wire.add(
                    wanted.isEmpty()
                            ? null
                            : wanted.stream().sorted().map(Hash32::toString).toList());
        }
        return wire;
    }

    static Map<String, Object> transaction(CallRequest request) {
        Map<String, Object> transaction = new LinkedHashMap<>();
        request.from().ifPresent(from -> transaction.put("from", from.toString()));
        transaction.put("to", request.to().toString());
        transaction.put("input", request.data().toString());
        transaction.put("data", request.data().toString());
        request.value()
                .ifPresent(
                        value -> transaction.put("value", "0x" + value.amount().toString(16)));
        request.gas().ifPresent(gas -> transaction.put("gas", "0x" + Long.toHexString(gas)));
        return transaction;
    }
}
