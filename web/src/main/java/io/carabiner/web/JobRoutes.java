package io.carabiner.web;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import io.carabiner.web.JobCatalogue.DirectRequestView;
import io.carabiner.web.JobCatalogue.JobView;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jobs (Go node 2.15, core/web/jobs_controller.go). */
final class JobRoutes {

    /** Every kind of job has a key of its own, null on jobs of another kind. */
    private static final Map<String, Function<JobView, @Nullable Object>> SPECS = specs();

    /** The fields of a direct-request specification. */
    record DirectRequestAttributes(
            String contractAddress,
            long minIncomingConfirmations,
            Optional<String> minContractPaymentLinkJuels,
            @Nullable List<String> requesters,
            String initiator,
            Instant createdAt,
            Instant updatedAt,
            String evmChainID) {}

    /** The fields of a pipeline. */
    record PipelineSpecAttributes(int id, int jobID, String dotDagSource) {}

    private final JobCatalogue jobs;

    JobRoutes(JobCatalogue jobs) {
        this.jobs = jobs;
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        Access edit = Access.role(Role.EDIT);
        return List.of(
                Route.get("/v2/jobs", view, this::list),
                Route.get("/v2/jobs/:ID", view, this::show),
                Route.post("/v2/jobs", edit, this::create),
                Route.delete("/v2/jobs/:ID", edit, this::delete));
    }

    private Answer list(Call call) {
        Page page = Page.of(call, Page.SIZE_LARGE);
        Listing<JobView> found = jobs.list(page.offset(), page.size());
        return JsonApi.page(
                call, page, found.items().stream().map(JobRoutes::resource).toList(), found.count());
    }

    private Answer show(Call call) {
        String id = call.parameter("ID");
        Optional<UUID> uuid = uuid(id);
        Optional<JobView> job = uuid.isPresent() ? jobs.find(uuid.get()) : jobs.find(GoFormats.int32(id));
        return JsonApi.one(resource(job.orElseThrow(() -> WebException.refused(404, "job not found"))));
    }

    private Answer create(Call call) {
        String toml = call.json("web.CreateJobRequest").text("toml");
        return switch (jobs.create(toml)) {
            case JobCatalogue.Creation.Created(JobView job) -> JsonApi.one(resource(job));
            case JobCatalogue.Creation.Refused(int status, String reason) -> Answer.error(status, reason);
        };
    }

    private Answer delete(Call call) {
        if (!jobs.delete(GoFormats.int32(call.parameter("ID")))) {
            throw WebException.refused(404, "JobSpec not found");
        }
        return Answer.noContent();
    }

    /** A UUID with or without its dashes. */
    static Optional<UUID> uuid(String text) {
        if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return Optional.of(UUID.fromString(text));
        }
        return text.matches("[0-9a-fA-F]{32}")
                ? Optional.of(UUID.fromString(text.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")))
                : Optional.empty();
    }

    private static Resource resource(JobView job) {
        LinkedHashMap<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("name", job.name());
        attributes.put("type", job.type());
        attributes.put("schemaVersion", job.schemaVersion());
        attributes.put("gasLimit", job.gasLimit());
        attributes.put("forwardingAllowed", job.forwardingAllowed());
        attributes.put("maxTaskDuration", GoFormats.duration(job.maxTaskDuration()));
        attributes.put("externalJobID", job.externalJobId());
        SPECS.forEach((key, spec) -> attributes.put(key, spec.apply(job)));
        attributes.put("pipelineSpec", new PipelineSpecAttributes(job.pipelineSpecId(), job.id(), job.dotDagSource()));
        attributes.put("errors", job.errors());
        return new Resource("jobs", String.valueOf(job.id()), attributes);
    }

    private static Map<String, Function<JobView, @Nullable Object>> specs() {
        LinkedHashMap<String, Function<JobView, @Nullable Object>> specs = new LinkedHashMap<>();
        specs.put(
                "directRequestSpec",
                job -> job.directRequest().map(JobRoutes::directRequest).orElse(null));
        for (String key : List.of(
                "fluxMonitorSpec",
                "cronSpec",
                "offChainReportingOracleSpec",
                "offChainReporting2OracleSpec",
                "keeperSpec",
                "vrfSpec",
                "webhookSpec",
                "blockhashStoreSpec",
                "blockHeaderFeederSpec",
                "bootstrapSpec",
                "gatewaySpec",
                "workflowSpec",
                "standardCapabilitiesSpec",
                "ccipSpec")) {
            specs.put(key, job -> null);
        }
        return specs;
    }

    private static Object directRequest(DirectRequestView spec) {
        List<String> requesters =
                spec.requesters().stream().map(Address::toString).toList();
        return new DirectRequestAttributes(
                Eip55.format(spec.contractAddress()),
                spec.minIncomingConfirmations(),
                spec.minContractPaymentLinkJuels().map(BigInteger::toString),
                requesters.isEmpty() ? null : requesters,
                "runlog",
                spec.createdAt(),
                spec.updatedAt(),
                spec.evmChainId().toString());
    }
}
