package io.carabiner.devnet;

import io.carabiner.primitives.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A compiled contract; made by {@code devnet/contracts/compile.mjs}.
 *
 * @param name of the contract
 * @param creationCode to be sent, with the encoded constructor arguments after it
 */
record ContractArtifact(String name, Bytes creationCode) {

    private static final JsonMapper JSON = new JsonMapper();

    static ContractArtifact load(String name) {
        try (InputStream resource = ContractArtifact.class.getResourceAsStream("contracts/" + name + ".json")) {
            if (resource == null) {
                throw new IllegalStateException("contracts/" + name + ".json is not in the program");
            }
            JsonNode json = JSON.readTree(resource);
            return new ContractArtifact(name, Bytes.fromHex(json.get("bytecode").asString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
