package io.carabiner.migrate;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The adapter {@code ethtx} (core/adapters/eth_tx.go) as tasks of today. Not thread-safe. */
final class Transactions {

    /** What version 1 called with any answer to a request: selector 0x4ab0d190. */
    private static final String FULFILL =
            "fulfillOracleRequest(bytes32 requestId, uint256 payment, address callbackAddress,"
                    + " bytes4 callbackFunctionId, uint256 expiration, bytes32 data)";

    private static final String FULFILL_DATA = "{\"requestId\": $(decode_log.requestId),"
            + " \"payment\": $(decode_log.payment), \"callbackAddress\": $(decode_log.callbackAddr),"
            + " \"callbackFunctionId\": $(decode_log.callbackFunctionId),"
            + " \"expiration\": $(decode_log.cancelExpiration), \"data\": ";

    private static final Pattern FUNCTION =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\((uint256|int256|bytes32|bool)\\)");

    private static final List<String> NOT_TODAY =
            List.of("dataPrefix", "dataFormat", "format", "abiEncoding", "gasPrice", "result");

    private final Trigger trigger;
    private final Dot graph;
    private final Remarks remarks;
    private final Fields fields;

    Transactions(Trigger trigger, Dot graph, Remarks remarks) {
        this.trigger = trigger;
        this.graph = graph;
        this.remarks = remarks;
        this.fields = new Fields(remarks);
    }

    /** Encodes a value to one word of 32 bytes, and answers with the task's name. */
    String encode(Result.Word word) {
        return graph.add(
                "encode_data",
                "ethabiencode",
                "abi",
                "(" + word.abiType() + " value)",
                "data",
                "{\"value\": " + Dot.variable(word.variable()) + "}");
    }

    Result send(Located task, Result before) {
        Located params = task.child("params");
        for (String key : NOT_TODAY) {
            if (params.child(key).present()) {
                remarks.refuse(params.child(key), "has no counterpart: write the ethabiencode and ethtx tasks by hand");
            }
        }
        switch (before) {
            case Result.Word word -> send(params, word);
            case Result.Unknown() -> remarks.refuse(task, "works on the result of a task that is not converted");
            case Result.Nothing() -> refuseUnencoded(task);
            case Result.Value ignored -> refuseUnencoded(task);
            case Result.Truth ignored -> refuseUnencoded(task);
            case Result.BridgeAnswer ignored -> refuseUnencoded(task);
            case Result.Sent() -> remarks.refuse(task, "a second transaction: write it by hand");
        }
        return new Result.Sent();
    }

    private void refuseUnencoded(Located task) {
        remarks.refuse(task, "what is sent is not encoded: put ethuint256, ethint256, ethbytes32 or ethbool before it");
    }

    private void send(Located params, Result.Word word) {
        switch (trigger) {
            case Trigger.Request(Address oracle) -> answer(params, word, oracle);
            case Trigger.Call ignored -> call(params, word);
            case Trigger.Clock ignored -> call(params, word);
        }
    }

    /** The answer to a request: target, function and prefix came from the request. */
    private void answer(Located params, Result.Word word, Address oracle) {
        Located address = params.child("address");
        if (address.present() && !fields.address(address).equals(Optional.of(oracle))) {
            remarks.refuse(address, "the answer goes to another contract than the request came from");
        }
        if (params.child("functionSelector").present()) {
            remarks.refuse(params.child("functionSelector"), "the answer calls another function than the oracle's");
        }
        String data = encode(word);
        String call =
                graph.add("encode_tx", "ethabiencode", "abi", FULFILL, "data", FULFILL_DATA + Dot.variable(data) + "}");
        transaction(params, Eip55.format(oracle), call);
    }

    private void call(Located params, Result.Word word) {
        Located selector = params.child("functionSelector");
        Matcher function = FUNCTION.matcher(selector.node().asString("").strip());
        if (!function.matches() || !function.group(2).equals(word.abiType())) {
            remarks.refuse(
                    selector,
                    "write the function with the type that is sent, as setValue(" + word.abiType()
                            + "): tasks of today do not take a selector in hex");
            return;
        }
        Optional<Address> to = fields.address(params.child("address"));
        if (!params.child("address").present()) {
            remarks.refuse(params.child("address"), "there is no contract to call");
        }
        String call = graph.add(
                "encode_tx",
                "ethabiencode",
                "abi",
                function.group(1) + "(" + word.abiType() + " value)",
                "data",
                "{\"value\": " + Dot.variable(word.variable()) + "}");
        transaction(params, Eip55.format(to.orElse(Address.ZERO)), call);
    }

    private void transaction(Located params, String to, String call) {
        List<String> attributes = new ArrayList<>(List.of("to", to, "data", Dot.variable(call)));
        List<String> from = new ArrayList<>(fields.addresses(params.child("fromAddresses")));
        from.addAll(fields.addresses(params.child("fromAddress")));
        if (!from.isEmpty()) {
            attributes.addAll(List.of("from", JobConversion.list(from)));
        }
        fields.whole(params.child("gasLimit"))
                .filter(limit -> !limit.equals("0"))
                .ifPresent(limit -> attributes.addAll(List.of("gasLimit", limit)));
        fields.whole(params.child("minRequiredOutgoingConfirmations"))
                .filter(count -> !count.equals("0"))
                .ifPresent(count -> attributes.addAll(List.of("minConfirmations", count)));
        trigger.chainToName().ifPresent(chain -> attributes.addAll(List.of("evmChainID", chain.toString())));
        graph.add("submit_tx", "ethtx", attributes.toArray(String[]::new));
    }
}
