package io.carabiner.pipeline;

import java.time.Duration;

/** The way out for tasks: limits, deadline and metrics around the fetcher. */
record HttpAccess(HttpFetcher fetcher, PipelineSettings settings, PipelineMetrics metrics) {

    HttpAnswer fetch(TaskScope scope, HttpRequestData request) {
        Duration standard = scope.timeout().isPresent() ? Duration.ZERO : settings.httpDefaultTimeout();
        long start = scope.tools().time().monotonicNanos();
        HttpAnswer answer = fetcher.fetch(
                request, settings.httpMaxSizeBytes(), scope.deadline().within(standard));
        metrics.fetched(
                scope.dotId(), answer.body().size(), scope.tools().time().monotonicNanos() - start);
        return answer;
    }
}
