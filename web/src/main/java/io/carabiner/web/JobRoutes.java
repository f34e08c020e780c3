package io.carabiner.web;

import io.carabiner.web.JobCatalogue.JobView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs (Go node 2.15, core/web/jobs_controller.go). */
final class JobRoutes {

    /** Every type of job has a key of its own, null on jobs of another type. */
    private static final Map<String, String> TYPE_BY_KEY = typeByKey();

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

    static Resource resource(JobView job) {
        LinkedHashMap<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("name", job.name());
        attributes.put("type", job.type());
        attributes.put("schemaVersion", job.schemaVersion());
        attributes.put("gasLimit", job.gasLimit());
        attributes.put("forwardingAllowed", job.forwardingAllowed());
        attributes.put("maxTaskDuration", GoFormats.duration(job.maxTaskDuration()));
        attributes.put("externalJobID", job.externalJobId());
        TYPE_BY_KEY.forEach((key, type) -> attributes.put(key, job.type().equals(type) ? job.ownFields() : null));
        attributes.put("pipelineSpec", new PipelineSpecAttributes(job.pipelineSpecId(), job.id(), job.dotDagSource()));
        attributes.put("errors", job.errors());
        return new Resource("jobs", String.valueOf(job.id()), attributes, meta(job));
    }

    /** Nothing for a job such as the Go node has them. */
    private static Map<String, Object> meta(JobView job) {
        Map<String, Object> meta = new LinkedHashMap<>();
        if (job.version() > 1) {
            meta.put("version", job.version());
        }
        if (job.paused()) {
            meta.put("paused", true);
        }
        return meta;
    }

    private static Map<String, String> typeByKey() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("directRequestSpec", "directrequest");
        types.put("fluxMonitorSpec", "fluxmonitor");
        types.put("cronSpec", "cron");
        types.put("offChainReportingOracleSpec", "offchainreporting");
        types.put("offChainReporting2OracleSpec", "offchainreporting2");
        types.put("keeperSpec", "keeper");
        types.put("vrfSpec", "vrf");
        types.put("webhookSpec", "webhook");
        types.put("blockhashStoreSpec", "blockhashstore");
        types.put("blockHeaderFeederSpec", "blockheaderfeeder");
        types.put("bootstrapSpec", "bootstrap");
        types.put("gatewaySpec", "gateway");
        types.put("workflowSpec", "workflow");
        types.put("standardCapabilitiesSpec", "standardcapabilities");
        types.put("ccipSpec", "ccip");
        return types;
    }
}
