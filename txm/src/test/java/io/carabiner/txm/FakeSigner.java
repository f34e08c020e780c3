package io.carabiner.txm;

import io.carabiner.crypto.PrivateKey;
import io.carabiner.crypto.Secp256k1;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.JsonRpcService;
import io.carabiner.testkit.FakeRpc;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** As a Web3Signer in eth1 mode over real HTTP, with a real key; it lies as told. */
final class FakeSigner implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofMillis(500);

    private final FakeRpc http;
    private final Address key;
    final List<Long> nonces = new CopyOnWriteArrayList<>();

    /** What it signs in place of what it is asked for. */
    volatile UnaryOperator<UnsignedTransaction> twist = UnaryOperator.identity();

    /** What it does with the signed bytes before it gives them back. */
    volatile UnaryOperator<String> garble = UnaryOperator.identity();

    volatile PrivateKey secret;
    volatile ChainId chain;

    /** An answer in place of a signature, as {@link FakeRpc#answering} takes it. */
    volatile @Nullable String instead;

    FakeSigner(ChainId chain, Address key, PrivateKey secret) throws IOException {
        this.chain = chain;
        this.key = key;
        this.secret = secret;
        this.http = new FakeRpc();
        healthy();
    }

    /** What the node makes of it. */
    RemoteSigner client(ChainId nodeChain) {
        return new RemoteSigner(
                nodeChain,
                Set.of(key),
                JsonRpcService.at("remote signer", "URL", http.httpUri(), TIMEOUT, Optional.empty()));
    }

    void healthy() {
        http.answering(this::answer);
    }

    /** Every request gets these bytes of HTTP; null for no answer at all. */
    void raw(byte @Nullable [] bytes) {
        http.raw(call -> bytes);
    }

    private String answer(JsonNode call) {
        String other = instead;
        if (other != null) {
            return other;
        }
        return switch (call.path("method").asString()) {
            case "eth_accounts" ->
                "[\"" + key.toString().toUpperCase(java.util.Locale.ROOT).replace("0X", "0x") + "\"]";
            case "eth_signTransaction" ->
                "\"" + garble.apply(sign(call.path("params").get(0))) + "\"";
            default -> "error:{\"code\":-32601,\"message\":\"Method not found\"}";
        };
    }

    private String sign(JsonNode asked) {
        FeeQuote fee = asked.has("gasPrice")
                ? new FeeQuote.Legacy(new Wei(number(asked, "gasPrice")))
                : new FeeQuote.Dynamic(
                        new Wei(number(asked, "maxFeePerGas")), new Wei(number(asked, "maxPriorityFeePerGas")));
        Payload payload = new Payload(
                Address.fromHex(asked.path("to").asString()),
                Bytes.fromHex(asked.path("data").asString()),
                new Wei(number(asked, "value")),
                number(asked, "gas").longValueExact());
        long nonce = number(asked, "nonce").longValueExact();
        nonces.add(nonce);
        UnsignedTransaction signed = twist.apply(new UnsignedTransaction(nonce, payload, fee));
        return TransactionEncoding.signed(
                        chain, signed, Secp256k1.sign(secret, TransactionEncoding.signingHash(chain, signed)))
                .toString();
    }

    private static BigInteger number(JsonNode asked, String name) {
        return new BigInteger(asked.path(name).asString().substring(2), 16);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
