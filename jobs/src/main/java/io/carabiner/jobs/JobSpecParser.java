package io.carabiner.jobs;

import io.carabiner.crypto.Eip55;
import io.carabiner.jobs.JobSpecException.Kind;
import io.carabiner.pipeline.Pipeline;
import io.carabiner.pipeline.PipelineFault;
import io.carabiner.pipeline.PipelineSyntaxException;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * Reads job specs. Pure, except that it draws an external job id where the spec has none.
 *
 * <p>Accepts and refuses as the Go node 2.15 does (core/services/job/validate.go, core/services/directrequest), but
 * lists all faults of a spec, where the Go node stops at the first.
 */
public final class JobSpecParser {

    private static final long UINT32_MAX = 0xffff_ffffL;

    /** All types of 2.15 and 2.31 but the one that runs, and the two that the Go node itself does not run. */
    private static final Set<String> TYPES_OF_LATER = Set.of(
            "blockheaderfeeder",
            "blockhashstore",
            "bootstrap",
            "cresettings",
            "cron",
            "ccip",
            "ccvcommitteeverifier",
            "ccvexecutor",
            "fluxmonitor",
            "gateway",
            "keeper",
            "offchainreporting2",
            "offchainreporting",
            "stream",
            "vrf",
            "webhook",
            "workflow",
            "standardcapabilities");

    private static final Set<String> TYPES_NEVER_RUN = Set.of("legacygasstationserver", "legacygasstationsidecar");

    private static final String PLACEHOLDER_OF_OLD = "<{}>";

    private final SpecTable table;
    private final List<SpecFault> invalid = new ArrayList<>();

    private JobSpecParser(SpecTable table) {
        this.table = table;
    }

    /**
     * Reads a spec.
     *
     * @throws JobSpecException with every fault that was found
     */
    public static JobSpec parse(String toml) {
        return parse(toml, UUID::randomUUID);
    }

    /** Reads a spec, with an external job id from elsewhere where it has none. */
    static JobSpec parse(String toml, Supplier<UUID> externalJobId) {
        TomlParseResult result = Toml.parse(toml);
        if (result.hasErrors()) {
            throw new JobSpecException(Kind.UNREADABLE, SpecTable.syntaxFaults(result.errors()));
        }
        return new JobSpecParser(new SpecTable(toml, result)).spec(externalJobId);
    }

    private JobSpec spec(Supplier<UUID> externalJobId) {
        refuseOtherTypes();
        schemaVersion();
        Optional<String> name = table.text("name");
        UUID id = table.uuid("externalJobID").filter(uuid -> !isZero(uuid)).orElseGet(externalJobId);
        OptionalLong gasLimit = table.unsigned("gasLimit", UINT32_MAX, table::report);
        boolean forwarding = table.bool("forwardingAllowed");
        Duration maxTaskDuration = table.duration("maxTaskDuration");
        Optional<Pipeline> pipeline = pipeline();
        Function<JobHeader, JobSpec> directRequest = directRequest();
        return directRequest.apply(pipeline.filter(ignored -> faultless())
                .map(graph -> new JobHeader(name, id, 1, gasLimit, forwarding, maxTaskDuration, graph))
                .orElseThrow(this::refusal));
    }

    private boolean faultless() {
        return table.faults().isEmpty() && invalid.isEmpty();
    }

    private JobSpecException refusal() {
        List<SpecFault> all = new ArrayList<>(table.faults());
        all.addAll(invalid);
        return new JobSpecException(table.faults().isEmpty() ? Kind.INVALID : Kind.UNREADABLE, all);
    }

    private void refuseOtherTypes() {
        Object type = table.value("type");
        if (type != null && !(type instanceof String)) {
            throw new JobSpecException(
                    Kind.UNREADABLE,
                    List.of(table.fault("type", "Can't convert " + SpecTable.shown(type) + " to job.Type")));
        }
        String name = type == null ? "" : (String) type;
        if (TYPES_NEVER_RUN.contains(name)) {
            throw new JobSpecException(Kind.NOT_SUPPORTED, "unknown job type: " + name);
        }
        if (TYPES_OF_LATER.contains(name)) {
            throw new JobSpecException(
                    Kind.NOT_SUPPORTED,
                    "jobs of type " + name
                            + " are not supported by this version of Carabiner yet: it runs directrequest");
        }
        if (!name.equals(DirectRequestSpec.TYPE)) {
            throw new JobSpecException(Kind.UNREADABLE, "invalid job type");
        }
    }

    private static boolean isZero(UUID id) {
        return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0;
    }

    private void schemaVersion() {
        Object version = table.value("schemaVersion");
        switch (version) {
            case null -> table.report(new SpecFault(0, 0, "invalid schema version"));
            case Long number when number == 1 -> {}
            case Long number
            when number < 0 ->
                table.report(table.fault("schemaVersion", number + "(int64) is negative so does not fit in uint32"));
            case Long ignored -> table.report(table.place("schemaVersion", "invalid schema version"));
            default ->
                table.report(table.fault("schemaVersion", "Can't convert " + SpecTable.shown(version) + " to uint32"));
        }
    }

    private Optional<Pipeline> pipeline() {
        Object source = table.value("observationSource");
        if (source == null) {
            table.report(new SpecFault(0, 0, "pipeline spec not specified"));
            return Optional.empty();
        }
        String text = String.valueOf(source);
        if (table.source().contains(PLACEHOLDER_OF_OLD)) {
            table.report(new SpecFault(0, 0, "'<{}>' syntax is not supported. Please use \"{}\" instead"));
        }
        try {
            return Optional.of(Pipeline.parse(text));
        } catch (PipelineSyntaxException e) {
            e.faults().forEach(this::reportPipelineFault);
            return Optional.empty();
        }
    }

    private void reportPipelineFault(PipelineFault fault) {
        SpecFault at = table.fault("observationSource", "unmarshal text: " + fault.message());
        int line = fault.line() == 0 ? at.line() : table.firstTextLine("observationSource") + fault.line() - 1;
        int column = fault.line() == 0 ? at.column() : fault.column();
        String place = fault.line() == 0 ? "" : " (line " + line + ", column " + column + ")";
        table.report(new SpecFault(line, column, at.message() + place));
    }

    private Function<JobHeader, JobSpec> directRequest() {
        Address contract = contractAddress();
        BigInteger chain = chainId().orElse(BigInteger.ZERO);
        OptionalLong confirmations = table.unsigned("minIncomingConfirmations", UINT32_MAX, invalid::add);
        Optional<BigInteger> payment = payment();
        List<Address> requesters = requesters();
        return header ->
                new DirectRequestSpec(header, contract, new ChainId(chain), confirmations, payment, requesters);
    }

    private Address contractAddress() {
        Object value = table.value("contractAddress");
        if (value == null) {
            return Address.ZERO;
        }
        try {
            return Eip55.parse(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            invalid.add(table.fault(
                    "contractAddress", "unmarshal text: \"" + value + "\" is not a valid EIP55 formatted address"));
            return Address.ZERO;
        }
    }

    private Optional<BigInteger> chainId() {
        Object value = table.value("evmChainID");
        if (value == null) {
            invalid.add(new SpecFault(0, 0, "CreateJobFailed: evm chain id must be defined"));
            return Optional.empty();
        }
        Optional<BigInteger> id = GoText.big(String.valueOf(value));
        if (id.isEmpty()) {
            invalid.add(table.fault("evmChainID", "unmarshal text: unable to convert " + value + " to Big"));
        } else if (id.get().signum() < 0) {
            invalid.add(
                    table.place("evmChainID", "failed to create services for job: chain id does not exist: " + value));
            return Optional.empty();
        }
        return id;
    }

    private Optional<BigInteger> payment() {
        Object value = table.value("minContractPaymentLinkJuels");
        if (value == null) {
            return Optional.empty();
        }
        Optional<BigInteger> juels = GoText.juels(String.valueOf(value));
        if (juels.isEmpty()) {
            invalid.add(table.fault(
                    "minContractPaymentLinkJuels",
                    "unmarshal text: assets: cannot unmarshal \"" + value + "\" into a *assets.Link"));
        }
        return juels;
    }

    private List<Address> requesters() {
        Object value = table.value("requesters");
        if (value == null) {
            return List.of();
        }
        Optional<List<Object>> items = SpecTable.items(value);
        if (items.isEmpty()) {
            invalid.add(table.fault(
                    "requesters", "Can't convert " + SpecTable.shown(value) + " to models.AddressCollection(slice)"));
            return List.of();
        }
        List<Address> addresses = new ArrayList<>();
        for (Object item : items.get()) {
            Address address = requester(String.valueOf(item));
            if (address != null) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    private @Nullable Address requester(String text) {
        if (!text.startsWith("0x") && !text.startsWith("0X")) {
            invalid.add(table.fault("requesters", "unmarshal text: hex string without 0x prefix"));
            return null;
        }
        try {
            return Address.fromHex(text);
        } catch (IllegalArgumentException e) {
            invalid.add(table.fault("requesters", "unmarshal text: \"" + text + "\" is not an address"));
            return null;
        }
    }
}
