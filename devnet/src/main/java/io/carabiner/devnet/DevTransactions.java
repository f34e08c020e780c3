package io.carabiner.devnet;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import io.carabiner.localservers.ChainRpc;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Transactions from accounts whose keys the development chain holds, waited for until they are mined. */
record DevTransactions(ChainRpc rpc) {

    private static final Duration MINED_WITHIN = Duration.ofSeconds(30);
    /** Half a million: saves the chain an estimate for each of many like transactions. */
    private static final String GAS_PLENTY = "0x7a120";

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    Address deploy(Address from, ContractArtifact contract, Bytes arguments) {
        String data = contract.creationCode() + arguments.toString().substring(2);
        JsonNode receipt = mined(Map.of("from", from.toString(), "data", data), "deploying " + contract.name());
        return Address.fromHex(receipt.get("contractAddress").asString());
    }

    JsonNode execute(Address from, Address contract, Function function, Object... arguments) {
        String data = encoded(function, arguments);
        return mined(Map.of("from", from.toString(), "to", contract.toString(), "data", data), function.getName());
    }

    Hash32 send(Address from, Address contract, Function function, Object... arguments) {
        return submit(Map.of("from", from.toString(), "to", contract.toString(), "data", encoded(function, arguments)));
    }

    Hash32 send(Address from, long nonce, Address contract, Function function, Object... arguments) {
        return submit(Map.of(
                "from",
                from.toString(),
                "nonce",
                "0x" + Long.toHexString(nonce),
                "to",
                contract.toString(),
                "gas",
                GAS_PLENTY,
                "data",
                encoded(function, arguments)));
    }

    void pay(Address from, Address to, Wei amount) {
        mined(
                Map.of(
                        "from",
                        from.toString(),
                        "to",
                        to.toString(),
                        "value",
                        "0x" + amount.amount().toString(16)),
                "paying " + to);
    }

    Tuple read(Address contract, Function function, Object... arguments) {
        Map<String, String> call = Map.of("to", contract.toString(), "data", encoded(function, arguments));
        String answer = rpc.call("eth_call", call, "latest").asString();
        return function.decodeReturn(Bytes.fromHex(answer).toArray());
    }

    Wei balance(Address account) {
        String balance =
                rpc.call("eth_getBalance", account.toString(), "latest").asString();
        return new Wei(new BigInteger(balance.substring(2), 16));
    }

    boolean hasCode(Address account) {
        return rpc.call("eth_getCode", account.toString(), "latest").asString().length() > 2;
    }

    static com.esaulpaugh.headlong.abi.Address abi(Address address) {
        return com.esaulpaugh.headlong.abi.Address.wrap(
                com.esaulpaugh.headlong.abi.Address.toChecksumAddress(new BigInteger(1, address.toArray())));
    }

    static String encoded(Function function, Object... arguments) {
        Object[] abi = Stream.of(arguments)
                .map(argument -> argument instanceof Address address ? abi(address) : argument)
                .toArray();
        Tuple tuple = Tuple.from(abi);
        ByteBuffer call = ByteBuffer.allocate(function.measureCallLength(tuple));
        function.encodeCall(tuple, call);
        return Bytes.of(call.array()).toString();
    }

    private JsonNode mined(Map<String, String> transaction, String what) {
        Hash32 hash = submit(transaction);
        JsonNode receipt = awaitReceipt(hash);
        if (!receipt.get("status").asString().equals("0x1")) {
            throw new DevnetException(
                    "TRANSACTION_FAILED", what + " failed on the development chain, transaction " + hash);
        }
        return receipt;
    }

    private Hash32 submit(Map<String, String> transaction) {
        return Hash32.fromHex(rpc.call("eth_sendTransaction", transaction).asString());
    }

    private JsonNode awaitReceipt(Hash32 hash) {
        TimeSource time = TimeSource.system();
        long deadline = time.monotonicNanos() + MINED_WITHIN.toNanos();
        while (time.monotonicNanos() < deadline) {
            JsonNode receipt = rpc.call("eth_getTransactionReceipt", hash.toString());
            if (!receipt.isNull()) {
                return receipt;
            }
            Waiting.pause(time, LOOK_EVERY);
        }
        throw new DevnetException("TRANSACTION_SLOW", "Transaction " + hash + " is not mined after " + MINED_WITHIN);
    }
}
