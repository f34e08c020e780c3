package io.carabiner.web;

import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.Histogram;
import io.carabiner.telemetry.Metrics;
import io.carabiner.telemetry.Summary;
import io.carabiner.web.Dispatcher.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Counts answered requests under the names of the Go node's library (ginprom, namespace {@code service}). */
final class HttpMetrics {

    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double NANOS_PER_SECOND = 1e9;

    /** What a caller may write into a label: a host and a port, nothing that fills the memory. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,128}");

    private static final int HOSTS_LIMIT = 32;

    private final Counter requests;
    private final Histogram duration;
    private final Summary requestSize;
    private final Summary responseSize;
    private final Set<String> hosts = ConcurrentHashMap.newKeySet();

    HttpMetrics(Metrics metrics) {
        requests = metrics.counter(
                "service_gonic_requests_total",
                "How many HTTP requests processed, partitioned by status code and HTTP method.",
                "code",
                "handler",
                "host",
                "method",
                "path");
        duration = metrics.histogram(
                "service_gonic_request_duration",
                "The HTTP request latency bucket.",
                SECONDS,
                "host",
                "method",
                "path");
        requestSize = metrics.summary("service_gonic_request_size_bytes", "The HTTP request sizes in bytes.");
        responseSize = metrics.summary("service_gonic_response_size_bytes", "The HTTP response sizes in bytes.");
    }

    /** Requests that no route answered are not counted, as in the Go node. */
    void count(Request request, Outcome outcome, Duration took) {
        String path = outcome.template();
        if (path.isEmpty() || path.equals("/metrics")) {
            return;
        }
        String host = host(request.header("host"));
        String method = request.method();
        requests.increment(String.valueOf(outcome.answer().status()), method + " " + path, host, method, path);
        duration.observe(took.toNanos() / NANOS_PER_SECOND, host, method, path);
        requestSize.observe(outcome.requestBody().size());
        responseSize.observe(outcome.answer().body().size());
    }

    private String host(String header) {
        if (!HOST.matcher(header).matches() || (!hosts.contains(header) && hosts.size() >= HOSTS_LIMIT)) {
            return "other";
        }
        hosts.add(header);
        return header;
    }
}
