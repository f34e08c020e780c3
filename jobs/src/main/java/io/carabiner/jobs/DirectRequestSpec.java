package io.carabiner.jobs;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A job that answers requests made to an oracle contract. Go counterpart: core/services/directrequest.
 *
 * @param contractAddress the Operator or Oracle; the zero address where the spec has none
 * @param minIncomingConfirmations the spec's own number; the chain's counts where it is higher
 * @param minContractPaymentLinkJuels the spec's own minimum, empty for the chain's; may be negative, which asks nothing
 * @param requesters who may ask; empty for everybody
 */
public record DirectRequestSpec(
        JobHeader header,
        Address contractAddress,
        ChainId evmChainId,
        OptionalLong minIncomingConfirmations,
        Optional<BigInteger> minContractPaymentLinkJuels,
        List<Address> requesters)
        implements JobSpec {

    /** The name of the type in specs. */
    public static final String TYPE = "directrequest";

    /** Copies the list. */
    public DirectRequestSpec {
        requesters = List.copyOf(requesters);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public SequencedMap<String, @Nullable Object> attributes(Instant createdAt) {
        SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("contractAddress", Eip55.format(contractAddress));
        fields.put("minIncomingConfirmations", minIncomingConfirmations.orElse(0));
        fields.put(
                "minContractPaymentLinkJuels",
                minContractPaymentLinkJuels.map(BigInteger::toString).orElse(null));
        fields.put(
                "requesters",
                requesters.isEmpty()
                        ? null
                        : requesters.stream().map(Address::toString).toList());
        fields.put("initiator", "runlog");
        fields.put("createdAt", createdAt);
        fields.put("updatedAt", createdAt);
        fields.put("evmChainID", evmChainId.toString());
        return fields;
    }
}
