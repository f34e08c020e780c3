package io.carabiner.txm;

import io.carabiner.config.CarabinerConfig;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.rpc.JsonRpcService;
import io.carabiner.rpc.RpcCall;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import io.carabiner.txm.SignerException.Reason;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Lets a Web3Signer (eth1 mode: {@code eth_signTransaction}, {@code eth_accounts}) sign for some keys of one chain, and
 * believes nothing it gives back. Safe for use by many threads.
 *
 * @see <a href="https://docs.web3signer.consensys.io/reference/api/json-rpc">Web3Signer's JSON-RPC</a>
 */
final class RemoteSigner implements AutoCloseable {

    private final ChainId chain;
    private final Set<Address> keys;
    private final JsonRpcService service;

    RemoteSigner(ChainId chain, Set<Address> keys, JsonRpcService service) {
        this.chain = chain;
        this.keys = Set.copyOf(keys);
        this.service = service;
    }

    /**
     * As configured, which must have a URL.
     *
     * @throws SignerException {@code SIGNER_TLS} if its files cannot be used
     */
    static RemoteSigner of(ChainId chain, CarabinerConfig.RemoteSigner config) {
        JsonRpcService service = JsonRpcService.at(
                "remote signer of chain " + chain,
                "Carabiner.EVM.RemoteSigner.URL",
                config.url().orElseThrow(),
                config.timeout(),
                SignerTls.of(config));
        return new RemoteSigner(chain, Set.copyOf(config.keys()), service);
    }

    boolean signsFor(Address key) {
        return keys.contains(key);
    }

    /**
     * The signed bytes, which are exactly what was asked for. Blocks for the configured timeout at most.
     *
     * @throws SignerException if it does not sign this
     */
    Bytes sign(Address key, UnsignedTransaction transaction) {
        JsonNode answer = call(RpcCall.of("eth_signTransaction", request(key, transaction)), "key " + key);
        return SignedAnswer.verified(chain, key, transaction, bytes(key, answer));
    }

    /**
     * Those of the configured keys that the signer does not list.
     *
     * @throws SignerException if it does not answer
     */
    List<Address> missingKeys() {
        JsonNode answer = call(RpcCall.of("eth_accounts"), "its accounts");
        Set<String> held = StreamSupport.stream(answer.spliterator(), false)
                .map(account -> account.asString("").toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet());
        return keys.stream()
                .filter(key -> !held.contains(key.toString()))
                .sorted()
                .toList();
    }

    private JsonNode call(RpcCall call, String what) {
        try {
            return service.call(call);
        } catch (RpcErrorException e) {
            throw new SignerException(
                    Reason.SIGNER_REFUSED,
                    "The remote signer refuses " + call.method() + " for " + what + ": "
                            + e.error().message() + ". Check that it holds the key and is started for chain " + chain
                            + "; it is asked again.",
                    e);
        } catch (RpcException e) {
            throw new SignerException(
                    Reason.SIGNER_SILENT,
                    "The remote signer gives no usable answer for " + what + ": " + e.words()
                            + ". New transactions of its keys wait; it is asked again.",
                    e);
        }
    }

    private Map<String, Object> request(Address key, UnsignedTransaction transaction) {
        Payload payload = transaction.payload();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("from", key.toString());
        request.put("to", payload.to().toString());
        request.put("gas", hex(BigInteger.valueOf(payload.gasLimit())));
        switch (transaction.fee()) {
            case FeeQuote.Legacy fee ->
                request.put("gasPrice", hex(fee.gasPrice().amount()));
            case FeeQuote.Dynamic fee -> {
                request.put("maxPriorityFeePerGas", hex(fee.tipCap().amount()));
                request.put("maxFeePerGas", hex(fee.feeCap().amount()));
            }
        }
        request.put("value", hex(payload.value().amount()));
        request.put("nonce", hex(BigInteger.valueOf(transaction.nonce())));
        request.put("data", payload.data().toString());
        if (!payload.accessList().isEmpty()) {
            request.put(
                    "accessList",
                    payload.accessList().stream().map(RemoteSigner::entry).toList());
        }
        return request;
    }

    private static Map<String, Object> entry(AccessListEntry entry) {
        return Map.of(
                "address",
                entry.address().toString(),
                "storageKeys",
                entry.storageKeys().stream().map(Object::toString).toList());
    }

    private static String hex(BigInteger number) {
        return "0x" + number.toString(16);
    }

    /** Web3Signer answers with the bytes alone; go-ethereum's signers with an object that has them as {@code raw}. */
    private static Bytes bytes(Address key, JsonNode answer) {
        JsonNode text = answer.isObject() ? answer.path("raw") : answer;
        try {
            return Bytes.fromHex(text.asString(""));
        } catch (IllegalArgumentException e) {
            throw new SignerException(
                    Reason.SIGNER_GARBAGE,
                    "The remote signer's answer for key " + key + " is not hex. Check that it is a Web3Signer in eth1"
                            + " mode; it is asked again.",
                    e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
