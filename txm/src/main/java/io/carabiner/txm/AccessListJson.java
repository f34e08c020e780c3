package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Access lists as JSON-RPC writes them, for a column. */
final class AccessListJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AccessListJson() {}

    static String write(List<AccessListEntry> entries) {
        return MAPPER.writeValueAsString(entries.stream()
                .map(entry -> Map.of(
                        "address",
                        entry.address().toString(),
                        "storageKeys",
                        entry.storageKeys().stream().map(Hash32::toString).toList()))
                .toList());
    }

    static List<AccessListEntry> read(String json) {
        List<AccessListEntry> entries = new ArrayList<>();
        for (JsonNode entry : MAPPER.readTree(json)) {
            List<Hash32> keys = entry.path("storageKeys")
                    .valueStream()
                    .map(key -> Hash32.fromHex(key.asString()))
                    .toList();
            entries.add(
                    new AccessListEntry(Address.fromHex(entry.path("address").asString()), keys));
        }
        return entries;
    }
}
