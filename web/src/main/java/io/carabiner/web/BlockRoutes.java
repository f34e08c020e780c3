package io.carabiner.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.carabiner.evm.StoredBlock;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.FaultException;
import io.carabiner.web.WebServices.ChainAccess;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Reading blocks again, and finding where a fork left what was read (Go node 2.15 and 2.31,
 * core/web/replay_controller.go and lca_controller.go). The chain is named as in either version, and in the
 * answer as it
 * was in the question.
 */
final class BlockRoutes {

    private static final String UNKNOWN_CHAIN = "chain id does not match any local chains";

    /** Which chain was started over. */
    record ReplayAttributes(
            String message,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> evmChainID,

            @JsonProperty("ChainID") @JsonInclude(JsonInclude.Include.NON_ABSENT)
            Optional<String> chainID) {}

    /** The newest common block. */
    record CommonBlockAttributes(long blockNumber, String hash, String evmChainID) {}

    private final List<ChainAccess> chains;

    BlockRoutes(List<ChainAccess> chains) {
        this.chains = chains;
    }

    List<Route> routes() {
        Access run = Access.role(Role.RUN);
        return List.of(
                Route.post("/v2/replay_from_block/:number", run, this::replay),
                Route.get("/v2/find_lca", run, this::lastCommonBlock));
    }

    /**
     * A request is never answered twice, whatever is given again; so {@code force}, which makes the Go node
     * deliver what
     * it has delivered, changes nothing here.
     */
    private Answer replay(Call call) {
        long number = number(call.parameter("number"));
        requireBool(call.query("force"));
        boolean newNames = call.query("evmChainID").isEmpty()
                && !(call.query("family").isEmpty() && call.query("ChainID").isEmpty());
        ChainAccess chain = newNames ? chainOfFamily(call) : chain(call.query("evmChainID"));
        chain.logs().replayFrom(number);
        Optional<String> id = Optional.of(chain.id().toString());
        return JsonApi.one(new Resource(
                "replay",
                "replayID",
                new ReplayAttributes(
                        "Replay started", newNames ? Optional.empty() : id, newNames ? id : Optional.empty())));
    }

    private static void requireBool(String force) {
        try {
            boolean _ =
                    force.isEmpty() || GoFormats.bool(force, "boolean value required for 'force' query string param: ");
        } catch (WebException e) {
            throw WebException.refused(422, String.valueOf(e.getMessage()));
        }
    }

    private static long number(String text) {
        if (!text.matches("[+-]?\\d+")) {
            throw WebException.refused(422, "strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
        BigInteger number = new BigInteger(text);
        if (number.bitLength() > 63) {
            throw WebException.refused(422, "strconv.ParseInt: parsing \"" + text + "\": value out of range");
        }
        if (number.signum() < 0) {
            throw WebException.refused(422, "block number cannot be negative: " + number);
        }
        return number.longValueExact();
    }

    private Answer lastCommonBlock(Call call) {
        ChainAccess chain = chain(call.query("evmChainID"));
        StoredBlock block = lastCommonBlock(chain)
                .orElseThrow(() -> WebException.refused(
                        404, "no stored block is on chain " + chain.id() + " now, or none was stored yet"));
        return JsonApi.one(new Resource(
                "lca_response",
                "LCAResponseID",
                new CommonBlockAttributes(
                        block.number(), block.hash().toString(), chain.id().toString())));
    }

    private static Optional<StoredBlock> lastCommonBlock(ChainAccess chain) {
        try {
            return chain.logs().lastCommonBlock();
        } catch (FaultException e) {
            throw WebException.refused(500, String.valueOf(e.getMessage()));
        }
    }

    /** The only chain there is when none is named. */
    private ChainAccess chain(String id) {
        if (id.isEmpty()) {
            if (chains.size() == 1) {
                return chains.getFirst();
            }
            throw WebException.refused(500, "chainID is empty");
        }
        return find(id).orElseThrow(() -> WebException.refused(422, UNKNOWN_CHAIN));
    }

    private ChainAccess chainOfFamily(Call call) {
        String family = call.query("family");
        String id = call.query("ChainID");
        if (family.isEmpty()) {
            throw WebException.refused(422, "chain family was not provided");
        }
        if (!family.equals("evm")) {
            throw WebException.refused(422, "chain family " + family + " is not known, only evm");
        }
        return id.isEmpty()
                ? chain("")
                : find(id).orElseThrow(() -> WebException.refused(500, "chain id does not exist: " + id));
    }

    private Optional<ChainAccess> find(String id) {
        if (!id.matches("\\d{1,78}")) {
            throw WebException.refused(422, "invalid chain id");
        }
        ChainId wanted = new ChainId(new BigInteger(id));
        return chains.stream().filter(chain -> chain.id().equals(wanted)).findFirst();
    }
}
