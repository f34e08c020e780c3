package io.carabiner.web;

import io.carabiner.crypto.Eip55;
import io.carabiner.jobs.DeadRequest;
import io.carabiner.jobs.RetryOutcome;
import io.carabiner.primitives.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What went wrong and can be done again. The Go node has no such routes. */
final class RetryRoutes {

    /** The fields of a request that will not be answered. */
    record DeadAttributes(
            @Nullable Integer jobID,
            String evmChainID,
            String contractAddress,
            Optional<String> requestID,
            String requestTxHash,
            long blockNumber,
            String state,
            String reason,
            @Nullable Long runID,
            Instant createdAt) {}

    /** The new run. */
    record RetriedAttributes(long retryOf) {}

    private final RunCatalogue runs;

    RetryRoutes(RunCatalogue runs) {
        this.runs = runs;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v2/pipeline/runs/dead", Access.role(Role.VIEW), this::dead),
                Route.post("/v2/pipeline/runs/:runID/retry", Access.role(Role.RUN), this::retry));
    }

    private Answer dead(Call call) {
        Page page = Page.of(call, Page.SIZE_DEFAULT);
        Listing<DeadRequest> found = runs.dead(page.offset(), page.size());
        return JsonApi.page(
                call, page, found.items().stream().map(RetryRoutes::resource).toList(), found.count());
    }

    private Answer retry(Call call) {
        long id = GoFormats.int64(call.parameter("runID"));
        return switch (runs.retry(id)) {
            case RetryOutcome.Started(long newRun) ->
                JsonApi.one(new Resource("pipelineRun", String.valueOf(newRun), new RetriedAttributes(id)));
            case RetryOutcome.NoSuchRun() -> Answer.error(404, "run not found");
            case RetryOutcome.Refused(String reason) -> Answer.error(409, "not retried: " + reason);
        };
    }

    private static Resource resource(DeadRequest request) {
        return new Resource(
                "deadRequests",
                String.valueOf(request.id()),
                new DeadAttributes(
                        request.jobId().isPresent() ? request.jobId().getAsInt() : null,
                        request.chainId().toString(),
                        Eip55.format(request.contract()),
                        request.requestId().map(Hash32::toString),
                        request.transactionHash().toString(),
                        request.blockNumber(),
                        request.state(),
                        request.reason(),
                        request.runId().isPresent() ? request.runId().getAsLong() : null,
                        request.createdAt()));
    }
}
