package io.carabiner.devnet;

import io.carabiner.localservers.PrivateFiles;
import io.carabiner.primitives.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a development network remembers between runs, as one JSON file that is replaced as a whole.
 *
 * @param externalJobId the job's, chosen before the job is created, so that it is never created twice
 * @param ports where things were last; tried first the next time
 * @param contracts where they are, once deployed
 */
record DevnetState(UUID externalJobId, Ports ports, Optional<DevnetContracts.Deployment> contracts) {

    private static final int VERSION = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** TCP ports on 127.0.0.1. */
    record Ports(int postgres, int chain, int prices, int node) {
        static final Ports USUAL = new Ports(54_320, 8_545, 6_689, 6_688);
    }

    static DevnetState fresh() {
        return new DevnetState(UUID.randomUUID(), Ports.USUAL, Optional.empty());
    }

    DevnetState withPorts(Ports now) {
        return new DevnetState(externalJobId, now, contracts);
    }

    DevnetState withContracts(DevnetContracts.Deployment deployment) {
        return new DevnetState(externalJobId, ports, Optional.of(deployment));
    }

    /** Absent where nothing was stored yet. */
    static Optional<DevnetState> load(DevnetFolder folder) {
        Path file = folder.state();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(JSON.readTree(Files.readString(file))));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new DevnetException(
                    "STATE_UNREADABLE",
                    file + " cannot be read (" + firstLine(e) + "): start anew with `carabiner up --reset"
                            + folder.flag() + "`.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(RuntimeException fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("no reason given");
    }

    void store(DevnetFolder folder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("externalJobID", externalJobId.toString());
        json.put("ports", ports);
        contracts.ifPresent(deployed -> json.put("contracts", named(deployed)));
        PrivateFiles.replace(folder.state(), JSON.writeValueAsString(json) + "\n");
    }

    private static Map<String, String> named(DevnetContracts.Deployment deployed) {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("linkToken", deployed.linkToken().toString());
        addresses.put("operator", deployed.operator().toString());
        addresses.put("consumer", deployed.consumer().toString());
        return addresses;
    }

    private static DevnetState parse(JsonNode json) {
        if (json.required("version").asInt() != VERSION) {
            throw new IllegalArgumentException("its version is " + json.get("version") + ", not " + VERSION);
        }
        JsonNode ports = json.required("ports");
        return new DevnetState(
                UUID.fromString(json.required("externalJobID").asString()),
                new Ports(port(ports, "postgres"), port(ports, "chain"), port(ports, "prices"), port(ports, "node")),
                Optional.ofNullable(json.get("contracts")).map(DevnetState::deployment));
    }

    private static DevnetContracts.Deployment deployment(JsonNode contracts) {
        return new DevnetContracts.Deployment(
                address(contracts, "linkToken"), address(contracts, "operator"), address(contracts, "consumer"));
    }

    private static int port(JsonNode ports, String name) {
        return ports.required(name).asInt();
    }

    private static Address address(JsonNode contracts, String name) {
        return Address.fromHex(contracts.required(name).asString());
    }
}
