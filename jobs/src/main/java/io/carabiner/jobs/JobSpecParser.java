package io.carabiner.jobs;

import io.carabiner.jobs.JobSpecException.Kind;
import io.carabiner.pipeline.Pipeline;
import io.carabiner.pipeline.PipelineFault;
import io.carabiner.pipeline.PipelineSyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * Reads job specs. Pure, except that it draws an external job id where the spec has none.
 *
 * <p>Accepts and refuses as the Go node 2.15 does (core/services/job/validate.go), but
 * lists all faults of a spec, where the Go node stops at the first.
 */
public final class JobSpecParser {

    /** All types of 2.15 and 2.31 but the two that the Go node itself does not run. */
    private static final Set<String> TYPES_KNOWN = Set.of(
            "blockheaderfeeder",
            "blockhashstore",
            "bootstrap",
            "cresettings",
            "cron",
            "ccip",
            "ccvcommitteeverifier",
            "ccvexecutor",
            "directrequest",
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

    private final JobTypes types;

    /** A parser of specs of these types. */
    public JobSpecParser(JobTypes types) {
        this.types = types;
    }

    /** A parser where no node runs: of direct requests on any chain, and of these types. */
    public static JobSpecParser withoutNode(List<JobType<?>> others) {
        List<JobType<?>> types = new ArrayList<>(others);
        types.add(new DirectRequestType(Set.of(), chain -> Optional.empty()));
        return new JobSpecParser(new JobTypes(types));
    }

    /**
     * Reads a spec.
     *
     * @throws JobSpecException with every fault that was found
     */
    public JobSpec parse(String toml) {
        return parse(toml, UUID::randomUUID);
    }

    /** Reads a spec, with an external job id from elsewhere where it has none. */
    JobSpec parse(String toml, Supplier<UUID> externalJobId) {
        TomlParseResult result = Toml.parse(toml);
        if (result.hasErrors()) {
            throw new JobSpecException(Kind.UNREADABLE, SpecTable.syntaxFaults(result.errors()));
        }
        return new Reading(types, new SpecTable(toml, result)).spec(externalJobId);
    }

    /**
     * The keys of a spec that its type does not have, each at its place.
     *
     * @throws JobSpecException as {@link #parse(String)} does
     */
    List<SpecFault> unknownKeys(String toml) {
        SpecTable table = new SpecTable(toml, Toml.parse(toml));
        new Reading(types, table).spec(UUID::randomUUID);
        return table.unread();
    }

    /** One spec being read. */
    private static final class Reading {

        private final JobTypes types;
        private final SpecTable table;
        private final SpecReader own;

        Reading(JobTypes types, SpecTable table) {
            this.types = types;
            this.table = table;
            this.own = new SpecReader(table);
        }

        private JobSpec spec(Supplier<UUID> externalJobId) {
            JobType<?> type = type();
            schemaVersion();
            Optional<String> name = table.text("name");
            UUID id = table.uuid("externalJobID").filter(uuid -> !isZero(uuid)).orElseGet(externalJobId);
            OptionalLong gasLimit = table.unsigned("gasLimit", SpecReader.UINT32_MAX, table::report);
            boolean forwarding = table.bool("forwardingAllowed");
            Duration maxTaskDuration = table.duration("maxTaskDuration", table::report);
            Optional<Pipeline> pipeline = pipeline();
            pipeline.filter(graph -> graph.mayBeSuspended() && !type.supportsAsync())
                    .ifPresent(graph ->
                            table.report(new SpecFault(0, 0, "async=true tasks are not supported for " + type.name())));
            Function<JobHeader, ? extends JobSpec> typed = type.read(own);
            JobSpec spec = typed.apply(pipeline.filter(ignored -> faultless())
                    .map(graph -> new JobHeader(name, id, 1, gasLimit, forwarding, maxTaskDuration, graph))
                    .orElseThrow(this::refusal));
            List<SpecFault> faults = types.faults(spec);
            if (!faults.isEmpty()) {
                throw new JobSpecException(Kind.INVALID, faults);
            }
            return spec;
        }

        private boolean faultless() {
            return table.faults().isEmpty() && own.faults().isEmpty();
        }

        private JobSpecException refusal() {
            List<SpecFault> all = new ArrayList<>(table.faults());
            all.addAll(own.faults());
            return new JobSpecException(table.faults().isEmpty() ? Kind.INVALID : Kind.UNREADABLE, all);
        }

        private JobType<?> type() {
            Object type = table.value("type");
            if (type != null && !(type instanceof String)) {
                throw new JobSpecException(
                        Kind.UNREADABLE,
                        List.of(table.fault("type", "Can't convert " + SpecTable.shown(type) + " to job.Type")));
            }
            String name = type == null ? "" : (String) type;
            return types.find(name).orElseThrow(() -> otherType(name));
        }

        private JobSpecException otherType(String name) {
            if (TYPES_NEVER_RUN.contains(name)) {
                return new JobSpecException(Kind.NOT_SUPPORTED, "unknown job type: " + name);
            }
            return TYPES_KNOWN.contains(name)
                    ? new JobSpecException(
                            Kind.NOT_SUPPORTED,
                            "jobs of type " + name + " are not supported by this version of Carabiner yet: it runs "
                                    + String.join(", ", types.names()))
                    : new JobSpecException(Kind.UNREADABLE, "invalid job type");
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
                    table.report(
                            table.fault("schemaVersion", number + "(int64) is negative so does not fit in uint32"));
                case Long ignored -> table.report(table.place("schemaVersion", "invalid schema version"));
                default ->
                    table.report(
                            table.fault("schemaVersion", "Can't convert " + SpecTable.shown(version) + " to uint32"));
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
    }
}
