package io.carabiner.keystore;

import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.PrivateKey;
import io.carabiner.primitives.Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All keys of the node, in the clear, as one JSON object: a list of raw keys for each kind. Immutable.
 *
 * <p>Only Ethereum keys are understood here; {@link KeyKind} understands some of the others. Those and members
 * nobody knows are kept as they are, so that a ring of the Go node survives being rewritten. Raw keys are held as
 * arrays, never as strings, so that they can be wiped.
 */
final class KeyRing {

    private static final String ETH = "Eth";

    /** The kinds whose value is a list of raw keys. */
    private static final Set<String> KINDS = Set.of(
            ETH,
            "CSA",
            "OCR",
            "OCR2",
            "P2P",
            "Cosmos",
            "Solana",
            "StarkNet",
            "Sui",
            "Aptos",
            "Tron",
            "TON",
            "VRF",
            "Workflow",
            "DKGRecipient",
            "DKGSign",
            "DKGEncrypt");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static final KeyRing EMPTY = new KeyRing(Map.of(), Map.of());

    private final Map<Address, PrivateKey> eth;
    private final Map<String, Content> others;

    /** What stands beside the Ethereum keys. */
    private sealed interface Content {

        record Keys(List<byte[]> raw) implements Content {}

        record Foreign(JsonNode json) implements Content {}
    }

    private KeyRing(Map<Address, PrivateKey> eth, Map<String, Content> others) {
        this.eth = eth;
        this.others = others;
    }

    /** The Ethereum keys by address, in their order. */
    Map<Address, PrivateKey> eth() {
        return eth;
    }

    /** How many raw keys there are of another kind. */
    int count(String kind) {
        return others.get(kind) instanceof Content.Keys keys ? keys.raw().size() : 0;
    }

    /** How many raw keys there are of each kind that is not Ethereum's. */
    Map<String, Integer> otherCounts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        others.keySet().stream().filter(kind -> count(kind) > 0).forEach(kind -> counts.put(kind, count(kind)));
        return counts;
    }

    /** The raw keys of another kind, in their order; they are the ring's own arrays: not to be changed nor kept. */
    List<byte[]> raw(String kind) {
        return others.get(kind) instanceof Content.Keys keys ? List.copyOf(keys.raw()) : List.of();
    }

    /** With other raw keys of a kind that is not Ethereum's. */
    KeyRing withRaw(String kind, List<byte[]> keys) {
        Map<String, Content> changed = new LinkedHashMap<>(others);
        changed.put(kind, new Content.Keys(List.copyOf(keys)));
        return new KeyRing(eth, changed);
    }

    KeyRing with(Address address, PrivateKey key) {
        Map<Address, PrivateKey> more = new LinkedHashMap<>(eth);
        more.put(address, key);
        return new KeyRing(more, others);
    }

    KeyRing without(Address address) {
        Map<Address, PrivateKey> fewer = new LinkedHashMap<>(eth);
        fewer.remove(address);
        return new KeyRing(fewer, others);
    }

    /**
     * Reads the decrypted ring; the caller wipes the array.
     *
     * @throws IllegalArgumentException if it is no ring; the message holds nothing of it
     */
    static KeyRing parse(byte[] plaintext) {
        Map<Address, PrivateKey> eth = new LinkedHashMap<>();
        Map<String, Content> others = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(plaintext)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            for (String kind = parser.nextName(); kind != null; kind = parser.nextName()) {
                parser.nextToken();
                if (kind.equals(ETH)) {
                    readKeys(parser).forEach(raw -> addEth(eth, raw));
                } else if (KINDS.contains(kind)) {
                    others.put(kind, new Content.Keys(readKeys(parser)));
                } else {
                    others.put(kind, new Content.Foreign(parser.readValueAsTree()));
                }
            }
            return new KeyRing(eth, others);
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException("not a key ring"); // the cause could quote a key
        }
    }

    private static void addEth(Map<Address, PrivateKey> eth, byte[] raw) {
        PrivateKey key = PrivateKey.of(raw);
        Arrays.fill(raw, (byte) 0);
        eth.put(EthereumAddress.of(key), key);
    }

    private static List<byte[]> readKeys(JsonParser parser) {
        List<byte[]> keys = new ArrayList<>();
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return keys;
        }
        require(parser.currentToken() == JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser.currentToken() == JsonToken.VALUE_STRING);
            keys.add(parser.getBinaryValue());
        }
        return keys;
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new IllegalArgumentException("not a key ring");
        }
    }

    /** The ring as JSON; the caller wipes the array. */
    byte[] toJson() {
        RawJson.WipedBuffer buffer = new RawJson.WipedBuffer();
        try (JsonGenerator generator = JSON.createGenerator(buffer)) {
            generator.writeStartObject();
            writeKeys(
                    generator, ETH, eth.values().stream().map(KeyRing::minimal).toList(), true);
            others.forEach((kind, content) -> {
                switch (content) {
                    case Content.Keys keys -> writeKeys(generator, kind, keys.raw(), false);
                    case Content.Foreign foreign -> {
                        generator.writeName(kind);
                        generator.writeTree(foreign.json());
                    }
                }
            });
            generator.writeEndObject();
        }
        return buffer.takeAndWipe();
    }

    private static void writeKeys(JsonGenerator generator, String kind, List<byte[]> keys, boolean wipe) {
        generator.writeName(kind);
        if (keys.isEmpty()) {
            generator.writeNull();
            return;
        }
        generator.writeStartArray();
        for (byte[] raw : keys) {
            generator.writeBinary(raw);
            if (wipe) {
                Arrays.fill(raw, (byte) 0);
            }
        }
        generator.writeEndArray();
    }

    /** The Go node stores the scalar as a number: without leading zeros. */
    private static byte[] minimal(PrivateKey key) {
        byte[] whole = key.toArray();
        int zeros = 0;
        while (whole[zeros] == 0) {
            zeros++;
        }
        byte[] result = Arrays.copyOfRange(whole, zeros, whole.length);
        Arrays.fill(whole, (byte) 0);
        return result;
    }

    /** Says how many keys there are, and nothing else. */
    @Override
    public String toString() {
        return "KeyRing[" + eth.size() + " eth keys, other kinds " + others.keySet() + "]";
    }
}
