package io.carabiner.pipeline;

import io.carabiner.outbound.HttpAnswer;
import io.carabiner.outbound.HttpRequestData;
import io.carabiner.outbound.HttpUrl;
import io.carabiner.outbound.OutboundFailure;
import io.carabiner.values.Coerce;
import io.carabiner.values.GoNumbers;
import io.carabiner.values.JsonReader;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import io.carabiner.values.ValueJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks an external adapter by name; answers with the text of its answer, at once or when it calls back. */
record BridgeTask(
        Parameter name,
        Parameter requestData,
        String includeInputAtKey,
        boolean async,
        String cacheTtl,
        HttpHeaders headers)
        implements Task {

    BridgeTask(Attributes attributes) {
        this(
                attributes.parameter("name").literal().build(),
                attributes
                        .parameter("requestData")
                        .variable()
                        .json()
                        .orNothing()
                        .build(),
                attributes.text("includeInputAtKey"),
                attributes.text("async").equals("true"),
                attributes.text("cacheTTL"),
                HttpHeaders.of(attributes.text("headers")));
    }

    @Override
    public TaskAnswer run(TaskScope scope) throws InterruptedException {
        scope.checkNoInputFailed();
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<String> bridgeName = resolver.read(name, Coerce::string);
        Resolver.Resolved<Optional<Map<String, PipelineValue>>> data = resolver.read(requestData, Coerce::map);
        resolver.throwFaults();
        Duration ttl = cacheTtl(scope);
        HttpUrl url = HttpAccess.url(bridge(scope, bridgeName.get()).url().toString());
        byte[] body = body(scope, data.get().orElse(Map.of())).getBytes(StandardCharsets.UTF_8);
        HttpRequestData request = HttpAccess.request("POST", url, headers.namesAndValues(), Optional.of(body), false);
        return ask(scope, bridgeName.get(), request, ttl);
    }

    private Duration cacheTtl(TaskScope scope) {
        if (cacheTtl.isBlank()) {
            return scope.tools().settings().bridgeCacheTtl();
        }
        try {
            long seconds = GoNumbers.parseDuration(cacheTtl).toSeconds();
            if (seconds < 0) {
                throw TaskFailure.badInput("cannot cast " + seconds + " to Uint64Param");
            }
            return Duration.ofSeconds(seconds);
        } catch (TaskFailure e) {
            throw new TaskFailure("cacheTTL: " + e.text());
        }
    }

    private static Bridge bridge(TaskScope scope, String name) {
        return scope.tools()
                .bridges()
                .bridge(name)
                .orElseThrow(() ->
                        new TaskFailure("could not find bridge with name '" + name + "': sql: no rows in result set"));
    }

    private String body(TaskScope scope, Map<String, PipelineValue> data) {
        Map<String, PipelineValue> body = new LinkedHashMap<>(data);
        meta(scope).ifPresent(meta -> body.put("meta", meta));
        if (!includeInputAtKey.isEmpty()
                && !scope.inputs().isEmpty()
                && scope.inputs().getFirst() instanceof TaskResult.Success(PipelineValue input)) {
            body.put(includeInputAtKey, input);
        }
        if (async) {
            String url = scope.tools()
                    .settings()
                    .bridgeResponseUrl()
                    .map(base -> base.toString().replaceFirst("/+$", "") + "/v2/resume/" + scope.taskRunId())
                    .orElse("");
            body.put("responseURL", PipelineValue.text(url));
        }
        return ValueJson.writeBody(PipelineValue.map(body));
    }

    private static Optional<PipelineValue> meta(TaskScope scope) {
        return scope.variables().get("jobRun") instanceof TaskResult.Success(PipelineValue.Fields jobRun)
                        && jobRun.fields().get("meta") instanceof PipelineValue.Fields meta
                ? Optional.of(meta)
                : Optional.empty();
    }

    private TaskAnswer ask(TaskScope scope, String bridgeName, HttpRequestData request, Duration ttl)
            throws InterruptedException {
        PipelineMetrics metrics = scope.tools().metrics();
        long start = scope.tools().time().monotonicNanos();
        try {
            HttpAnswer answer = scope.tools()
                    .bridgeWatch()
                    .of(bridgeName)
                    .ask(scope.tools().http().deadline(scope), () -> good(scope, request));
            metrics.bridgeAnswered(
                    bridgeName,
                    scope.dotId(),
                    answer.body().size(),
                    scope.tools().time().monotonicNanos() - start);
            if (async && isPending(answer)) {
                return new TaskAnswer.Pending();
            }
            if (!ttl.isZero()) {
                scope.tools().bridgeCache().put(scope, answer.text());
            }
            return TaskAnswer.of(PipelineValue.text(answer.text()));
        } catch (BridgeFault e) {
            metrics.bridgeFailed(bridgeName);
            return cached(scope, bridgeName, ttl).orElseThrow(() -> new TaskFailure(e.text()));
        }
    }

    /** An answer with which the adapter says that all went well. */
    private static HttpAnswer good(TaskScope scope, HttpRequestData request) {
        try {
            HttpAnswer answer = scope.tools()
                    .http()
                    .exchange(scope, request, scope.tools().bridgeWatch().timeout());
            checkAdapter(answer, request.url());
            return answer;
        } catch (OutboundFailure e) {
            BridgeHealth.ErrorClass errorClass =
                    switch (e.kind()) {
                        case TIMED_OUT -> BridgeHealth.ErrorClass.TIMEOUT;
                        case TOO_LARGE -> BridgeHealth.ErrorClass.TOO_LARGE;
                        case REFUSED, FAILED -> BridgeHealth.ErrorClass.UNREACHABLE;
                    };
            throw new BridgeFault(errorClass, e.text());
        } catch (TaskFailure e) {
            throw new BridgeFault(BridgeHealth.ErrorClass.ADAPTER, e.text());
        }
    }

    private static Optional<TaskAnswer> cached(TaskScope scope, String bridgeName, Duration ttl) {
        if (ttl.isZero()) {
            return Optional.empty();
        }
        Optional<String> text = scope.tools().bridgeCache().find(scope, ttl);
        scope.tools().metrics().bridgeCacheAsked(bridgeName, text.isPresent());
        return text.map(PipelineValue::text).map(TaskAnswer::of);
    }

    /** Fails when the adapter says, by status or in its body, that it has. */
    private static void checkAdapter(HttpAnswer answer, HttpUrl url) {
        Optional<Map<String, PipelineValue>> body = fields(answer);
        int status = body.map(fields -> adapterStatus(fields, answer.status())).orElse(answer.status());
        if (answer.status() < 400 && (status == 200 || (body.isEmpty() && answer.status() < 300))) {
            return;
        }
        String named = body.map(BridgeTask::namedError).orElse("");
        if (!named.isEmpty()) {
            throw new TaskFailure(named);
        }
        if (answer.status() >= 400) {
            throw new TaskFailure(HttpFaults.statusText(answer, url));
        }
        throw new TaskFailure("got error from " + url.text() + ": (status code " + status
                + ") the adapter reports a status other than 200 and no error");
    }

    private static Optional<Map<String, PipelineValue>> fields(HttpAnswer answer) {
        try {
            return JsonReader.readOnly(answer.text()) instanceof PipelineValue.Fields(Map<String, PipelineValue> fields)
                    ? Optional.of(fields)
                    : Optional.empty();
        } catch (TaskFailure e) {
            return Optional.empty();
        }
    }

    private static int adapterStatus(Map<String, PipelineValue> body, int httpStatus) {
        Optional<Integer> own = number(body.get("statusCode"));
        Optional<Integer> provider = number(body.get("providerStatusCode"));
        if (own.isPresent() && own.get() != 200) {
            return own.get();
        }
        if (provider.isPresent() && provider.get() != 200) {
            return provider.get();
        }
        return own.orElse(provider.orElse(httpStatus));
    }

    private static Optional<Integer> number(@org.jspecify.annotations.Nullable PipelineValue value) {
        return value instanceof PipelineValue.Whole(BigInteger whole, PipelineValue.WholeKind ignored)
                ? Optional.of(whole.intValue())
                : Optional.empty();
    }

    private static String namedError(Map<String, PipelineValue> body) {
        return body.get("error") instanceof PipelineValue.Fields error
                        && error.fields().get("name") instanceof PipelineValue.Text(String kind)
                        && error.fields().get("message") instanceof PipelineValue.Text(String message)
                ? kind + ": " + message
                : "";
    }

    private static boolean isPending(HttpAnswer answer) {
        return answer.header("x-chainlink-pending").isPresent()
                || fields(answer)
                        .map(body -> body.get("pending"))
                        .filter(PipelineValue.bool(true)::equals)
                        .isPresent();
    }
}
