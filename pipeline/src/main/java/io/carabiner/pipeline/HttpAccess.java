package io.carabiner.pipeline;

import io.carabiner.outbound.Deadline;
import io.carabiner.outbound.HttpAnswer;
import io.carabiner.outbound.HttpFetcher;
import io.carabiner.outbound.HttpRequestData;
import io.carabiner.outbound.HttpUrl;
import io.carabiner.outbound.OutboundFailure;
import io.carabiner.values.TaskFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The way out for tasks: limits, deadline and metrics around the fetcher. */
record HttpAccess(HttpFetcher fetcher, PipelineSettings settings, PipelineMetrics metrics) {

    HttpAnswer fetch(TaskScope scope, HttpRequestData request) {
        Duration standard = scope.timeout().isPresent() ? Duration.ZERO : settings.httpDefaultTimeout();
        long start = scope.tools().time().monotonicNanos();
        HttpAnswer answer = answer(request, scope.deadline().within(standard));
        metrics.fetched(
                scope.dotId(), answer.body().size(), scope.tools().time().monotonicNanos() - start);
        return answer;
    }

    private HttpAnswer answer(HttpRequestData request, Deadline deadline) {
        try {
            return fetcher.fetch(request, settings.httpMaxSizeBytes(), deadline);
        } catch (OutboundFailure e) {
            throw new TaskFailure(e.text());
        }
    }

    /** A request, or why there can be none. */
    static HttpRequestData request(
            String method, HttpUrl url, List<String> headerPairs, Optional<byte[]> body, boolean restricted) {
        try {
            return HttpRequestData.of(method, url, headerPairs, body, restricted);
        } catch (OutboundFailure e) {
            throw new TaskFailure(e.text());
        }
    }
}
