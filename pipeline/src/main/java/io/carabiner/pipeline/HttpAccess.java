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

    /** A request of a task; fails with the task's text. */
    HttpAnswer fetch(TaskScope scope, HttpRequestData request) {
        try {
            return exchange(scope, request, Duration.ZERO);
        } catch (OutboundFailure e) {
            throw new TaskFailure(e.text());
        }
    }

    /** The same, where the caller looks at the kind of failure; the limit holds beside the task's own; zero is none. */
    HttpAnswer exchange(TaskScope scope, HttpRequestData request, Duration limit) {
        long start = scope.tools().time().monotonicNanos();
        HttpAnswer answer = fetcher.fetch(
                request, settings.httpMaxSizeBytes(), deadline(scope).within(limit));
        metrics.fetched(
                scope.dotId(), answer.body().size(), scope.tools().time().monotonicNanos() - start);
        return answer;
    }

    /** When a request of this attempt must have been answered. */
    Deadline deadline(TaskScope scope) {
        return scope.deadline().within(scope.timeout().isPresent() ? Duration.ZERO : settings.httpDefaultTimeout());
    }

    /** A URL, or why it is none. */
    static HttpUrl url(String text) {
        try {
            return HttpUrl.parse(text);
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
