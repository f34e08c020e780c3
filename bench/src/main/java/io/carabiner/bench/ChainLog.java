package io.carabiner.bench;

import io.carabiner.localservers.Anvil;
import io.carabiner.primitives.Address;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads requests and answers off the chain: the truth of a run. */
final class ChainLog {

    private static final String REQUEST = "0xd8d7ecc4800d25fa53ce0372f13a416d98907a7ef3d8d3bdd79cf4fe75529c65";
    private static final String RESPONSE = "0x9e9bc7616d42c2835d05ae617e508454e63b30b934be8aa932ebc125e0e58a64";

    /** In the request's data the id is the second word. */
    private static final int ID_START = 2 + 64;

    private static final int ID_END = ID_START + 64;

    private final Anvil anvil;
    private final Address operator;

    ChainLog(Anvil anvil, Address operator) {
        this.anvil = anvil;
        this.operator = operator;
    }

    long block() {
        return Long.decode(anvil.call("eth_blockNumber").asString());
    }

    /** The block of each request from a block on, by request id. */
    Map<String, Long> requests(long fromBlock) {
        Map<String, Long> blocks = new HashMap<>();
        for (JsonNode log : logs(REQUEST, fromBlock)) {
            blocks.put("0x" + log.path("data").asString().substring(ID_START, ID_END), block(log));
        }
        return blocks;
    }

    /** How many times each request was answered, from a block on, by request id. */
    Map<String, Integer> answers(long fromBlock) {
        Map<String, Integer> counts = new HashMap<>();
        for (JsonNode log : logs(RESPONSE, fromBlock)) {
            counts.merge(log.path("topics").path(1).asString(), 1, Integer::sum);
        }
        return counts;
    }

    private JsonNode logs(String topic, long fromBlock) {
        return anvil.call(
                "eth_getLogs",
                Map.of(
                        "address",
                        operator.toString(),
                        "topics",
                        new String[] {topic},
                        "fromBlock",
                        "0x" + Long.toHexString(fromBlock),
                        "toBlock",
                        "latest"));
    }

    private static long block(JsonNode log) {
        return Long.decode(log.path("blockNumber").asString());
    }
}
