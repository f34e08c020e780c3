package io.carabiner.web;

import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.HealthStatus;
import io.carabiner.telemetry.Metrics;
import io.carabiner.web.Route.Limit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What monitoring asks for: health in three forms, readiness, liveness, metrics (Go node 2.15, core/web). */
final class HealthRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** The fields of a check. */
    record CheckAttributes(String name, String status, String output) {}

    private final HealthChecks checks;
    private final Metrics metrics;
    private final Counter scrapes;
    private final Gauge.Cell scrapesInFlight;

    HealthRoutes(WebServices.Telemetry telemetry) {
        this.checks = telemetry.health();
        this.metrics = telemetry.metrics();
        this.scrapes = metrics.counter(
                "promhttp_metric_handler_requests_total", "Total number of scrapes by HTTP status code.", "code");
        this.scrapesInFlight = metrics.gauge(
                        "promhttp_metric_handler_requests_in_flight", "Current number of scrapes being served.")
                .labels();
        List.of("200", "500", "503").forEach(scrapes::labels);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health", Access.ANYBODY, this::health),
                Route.get("/health.txt", Access.ANYBODY, call -> text(checks(call))),
                Route.get("/readyz", Access.ANYBODY, this::ready),
                Route.get("/livez", Access.ANYBODY, call -> Answer.empty(200)),
                Route.get("/metrics", Access.ANYBODY, this::metrics).limited(Limit.NONE));
    }

    private Answer health(Call call) {
        SortedMap<String, HealthStatus> report = checks(call);
        return switch (HealthForm.of(call.header("accept"))) {
            case JSON -> JsonApi.list(status(report), resources(report));
            case TEXT -> text(report);
            case HTML -> Answer.of(status(report), Answer.HTML, HealthTree.html(report));
        };
    }

    /** With {@code ?failing} only those that fail. */
    private SortedMap<String, HealthStatus> checks(Call call) {
        SortedMap<String, HealthStatus> report = checks.report();
        if (call.queries().containsKey("failing")) {
            TreeMap<String, HealthStatus> failing = new TreeMap<>(report);
            failing.values().removeIf(HealthStatus.PASSING::equals);
            return failing;
        }
        return report;
    }

    private static int status(Map<String, HealthStatus> report) {
        return report.values().stream().allMatch(HealthStatus.PASSING::equals) ? 200 : 207;
    }

    private static List<Resource> resources(Map<String, HealthStatus> report) {
        return report.entrySet().stream()
                .map(check -> resource(check.getKey(), check.getValue()))
                .toList();
    }

    private static Resource resource(String name, HealthStatus status) {
        CheckAttributes attributes =
                switch (status) {
                    case HealthStatus.Passing passing -> new CheckAttributes(name, "passing", "");
                    case HealthStatus.Failing(String reason) -> new CheckAttributes(name, "failing", reason);
                };
        return new Resource("checks", name, attributes);
    }

    private static Answer text(SortedMap<String, HealthStatus> report) {
        StringBuilder lines = new StringBuilder();
        report.forEach((name, status) -> {
            switch (status) {
                case HealthStatus.Passing passing ->
                    lines.append("ok ").append(name).append('\n');
                case HealthStatus.Failing(String reason) -> {
                    lines.append("!  ").append(name).append('\n');
                    reason.lines()
                            .forEach(line -> lines.append('\t').append(line).append('\n'));
                }
            }
        });
        return Answer.text(status(report), lines.toString());
    }

    private Answer ready(Call call) {
        int status = checks.ready() ? 200 : 503;
        return call.queries().containsKey("full")
                ? JsonApi.list(status, resources(checks.report()))
                : Answer.empty(status);
    }

    private Answer metrics(Call call) {
        scrapesInFlight.add(1);
        try {
            return Answer.of(200, PROMETHEUS_TEXT, metrics.exposition());
        } finally {
            scrapesInFlight.add(-1);
            scrapes.increment("200");
        }
    }

    /** The forms of the health report. */
    enum HealthForm {
        JSON,
        TEXT,
        HTML;

        /** The first of the accepted types that there is; JSON for all else. */
        static HealthForm of(String accept) {
            for (String type : accept.split(",", -1)) {
                switch (type.split(";", -1)[0].strip()) {
                    case "text/html" -> {
                        return HTML;
                    }
                    case "text/plain" -> {
                        return TEXT;
                    }
                    case "application/json", "application/vnd.api+json", "*/*" -> {
                        return JSON;
                    }
                    default -> {
                        // Another type may follow.
                    }
                }
            }
            return JSON;
        }
    }
}
