package io.carabiner.txm;

import io.carabiner.crypto.Keccak256;
import io.carabiner.evm.BlockTag;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which forwarder contract stands between a key and the receiver, and the call to it. The senders that a forwarder
 * lets pass are those last read from it, so that asking never waits for the network. Safe for use by many threads.
 * Source: Go node 2.15, core/chains/evm/forwarders, contract AuthorizedForwarder.
 */
final class Forwarding {

    /** Nothing is forwarded. */
    static final Forwarding OFF = new Forwarding(false, key -> {});

    private static final Bytes FORWARD = selector("forward(address,bytes)");
    private static final Bytes SENDERS = selector("getAuthorizedSenders()");
    private static final int WORD = 32;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Told of a key that no forwarder lets pass. */
    @FunctionalInterface
    interface Warning {
        void noForwarder(Address key);
    }

    private final boolean enabled;
    private final Warning warning;
    /** Keys that were warned of since the forwarders were last looked at. */
    private final Set<Address> warned = ConcurrentHashMap.newKeySet();

    private volatile List<Forwarder> known = List.of();

    Forwarding(boolean enabled, Warning warning) {
        this.enabled = enabled;
        this.warning = warning;
    }

    private static Bytes selector(String signature) {
        return Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII))
                .bytes()
                .slice(0, 4);
    }

    boolean enabled() {
        return enabled;
    }

    /** The forwarders of the chain, the first tracked first. */
    void use(List<Forwarder> forwarders) {
        known = List.copyOf(forwarders);
        warned.clear();
    }

    /** The request as the key sends it: through the first forwarder that lets it pass, or, without any, directly. */
    TransactionRequest wrap(Address key, TransactionRequest request) {
        if (!enabled || !request.options().forwardingAllowed()) {
            return request;
        }
        Optional<Address> forwarder = known.stream()
                .filter(one -> one.senders().contains(key))
                .map(Forwarder::address)
                .findFirst();
        if (forwarder.isEmpty()) {
            if (warned.add(key)) {
                warning.noForwarder(key);
            }
            return request;
        }
        return request.through(forwarder.get(), call(request.to(), request.data()), meta(request.meta(), request.to()));
    }

    /** The call data of {@code forward(address,bytes)}. */
    static Bytes call(Address to, Bytes data) {
        int padding = (WORD - data.size() % WORD) % WORD;
        return FORWARD.concat(word(new BigInteger(1, to.toArray())))
                .concat(word(BigInteger.TWO.multiply(BigInteger.valueOf(WORD))))
                .concat(word(BigInteger.valueOf(data.size())))
                .concat(data)
                .concat(Bytes.of(new byte[padding]));
    }

    /** Whether these are the data of a call to {@code forward(address,bytes)}. */
    static boolean isForwarded(Bytes data) {
        return data.size() > FORWARD.size() && data.slice(0, FORWARD.size()).equals(FORWARD);
    }

    private static Bytes word(BigInteger number) {
        return Bytes.fromHex("%064x".formatted(number));
    }

    private static String meta(Optional<String> meta, Address to) {
        ObjectNode object = meta.map(MAPPER::readTree)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(MAPPER::createObjectNode);
        object.put("ForwarderDestAddress", to.toString());
        return MAPPER.writeValueAsString(object);
    }

    /**
     * Asks a forwarder whom it lets pass.
     *
     * @throws RuntimeException of the evm room if the network is silent or the contract is none of this kind
     */
    static List<Address> authorizedSenders(ChainAccess chain, Address forwarder) {
        return senders(chain.call(forwarder, SENDERS, BlockTag.LATEST));
    }

    /** From the ABI encoding of {@code address[]}. */
    static List<Address> senders(Bytes encoded) {
        int count = encoded.size() < 2 * WORD ? 0 : number(encoded, WORD);
        if (count < 0 || encoded.size() < (2 + count) * WORD) {
            throw new TxmException(
                    "NOT_A_FORWARDER",
                    "The contract does not answer getAuthorizedSenders() as an AuthorizedForwarder does.");
        }
        List<Address> senders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int end = (3 + i) * WORD;
            senders.add(Address.of(encoded.slice(end - Address.SIZE, end).toArray()));
        }
        return senders;
    }

    private static int number(Bytes encoded, int from) {
        BigInteger number = new BigInteger(1, encoded.slice(from, from + WORD).toArray());
        return number.bitLength() < 16 ? number.intValue() : -1;
    }
}
