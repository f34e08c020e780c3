package io.carabiner.jobs;

import io.carabiner.evm.LogIntake;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that answer requests on a chain. A job's service only puts it on the chain's list: the events of all jobs of a
 * chain come through one {@link DirectRequests}. Go counterpart: core/services/directrequest.
 */
final class DirectRequestType implements JobType<DirectRequestSpec> {

    private final Set<ChainId> chains;
    private final Function<ChainId, Optional<LogIntake>> intakes;
    private final Map<Integer, Listed> active = new ConcurrentHashMap<>();
    private final Map<ChainId, DirectRequests> subscribers = new ConcurrentHashMap<>();

    DirectRequestType(Set<ChainId> chains, Function<ChainId, Optional<LogIntake>> intakes) {
        this.chains = Set.copyOf(chains);
        this.intakes = intakes;
    }

    @Override
    public String name() {
        return DirectRequestSpec.TYPE;
    }

    @Override
    public Class<DirectRequestSpec> specClass() {
        return DirectRequestSpec.class;
    }

    @Override
    public boolean supportsAsync() {
        return true;
    }

    @Override
    public Function<JobHeader, DirectRequestSpec> read(SpecReader fields) {
        Address contract = fields.address("contractAddress").orElse(Address.ZERO);
        ChainId chain = new ChainId(fields.requiredChainId());
        OptionalLong confirmations = fields.unsigned("minIncomingConfirmations", SpecReader.UINT32_MAX);
        Optional<BigInteger> payment = fields.juels("minContractPaymentLinkJuels");
        List<Address> requesters = requesters(fields);
        return header -> new DirectRequestSpec(header, contract, chain, confirmations, payment, requesters);
    }

    private static List<Address> requesters(SpecReader fields) {
        List<Address> addresses = new ArrayList<>();
        for (Object item : fields.list("requesters", "models.AddressCollection")) {
            Address address = requester(String.valueOf(item), fields);
            if (address != null) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private static @Nullable Address requester(String text, SpecReader fields) {
        if (!text.startsWith("0x") && !text.startsWith("0X")) {
            fields.refuse("requesters", "unmarshal text: hex string without 0x prefix");
            return null;
        }
        try {
            return Address.fromHex(text);
        } catch (IllegalArgumentException e) {
            fields.refuse("requesters", "unmarshal text: \"" + text + "\" is not an address");
            return null;
        }
    }

    /** What the Go node finds out only after it has stored the job, when starting it fails. */
    @Override
    public void probe(DirectRequestSpec spec) {
        if (!chains.contains(spec.evmChainId())) {
            throw JobSpecException.doesNotFit(
                    "failed to create services for job: chain id does not exist: " + spec.evmChainId());
        }
    }

    @Override
    public JobService service(Job job, DirectRequestSpec spec, RunStarter runs) {
        return new Listed(job, spec);
    }

    /** Makes known who hears a chain's events. */
    void heardBy(ChainId chain, DirectRequests subscriber) {
        subscribers.put(chain, subscriber);
    }

    /** The active jobs of a chain. */
    List<Job> on(ChainId chain) {
        return active.values().stream()
                .filter(listed -> listed.spec.evmChainId().equals(chain))
                .map(listed -> listed.job)
                .toList();
    }

    private final class Listed implements JobService {

        private final Job job;
        private final DirectRequestSpec spec;

        Listed(Job job, DirectRequestSpec spec) {
            this.job = job;
            this.spec = spec;
        }

        @Override
        public void start() {
            if (!chains.contains(spec.evmChainId())) {
                throw JobSpecException.doesNotFit("chain id does not exist: " + spec.evmChainId());
            }
            active.put(job.id(), this);
            intakes.apply(spec.evmChainId()).ifPresent(LogIntake::wake);
        }

        @Override
        public void stop() {
            active.remove(job.id(), this);
        }

        /** What a paused job does not store would never be seen again. */
        @Override
        public void pause() {
            active.put(job.id(), this);
        }

        @Override
        public void resumed() {
            Optional.ofNullable(subscribers.get(spec.evmChainId())).ifPresent(DirectRequests::startRipe);
        }

        /** The log cursor still moves: a request that is not stored now would never be seen again. */
        @Override
        public void nodeStops() {}
    }
}
