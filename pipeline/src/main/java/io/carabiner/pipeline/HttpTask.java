package io.carabiner.pipeline;

import io.carabiner.outbound.HttpAnswer;
import io.carabiner.outbound.HttpRequestData;
import io.carabiner.outbound.HttpUrl;
import io.carabiner.outbound.OutboundFailure;
import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import io.carabiner.values.ValueJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Asks a web server; answers with the text of its answer. */
record HttpTask(
        Parameter method,
        Parameter url,
        Parameter requestData,
        Parameter allowUnrestrictedNetworkAccess,
        boolean urlHasVariables,
        HttpHeaders headers)
        implements Task {

    HttpTask(Attributes attributes) {
        this(
                attributes
                        .parameter("method")
                        .literal()
                        .orElse(PipelineValue.text("GET"))
                        .build(),
                attributes.parameter("url").variable().literal().build(),
                attributes
                        .parameter("requestData")
                        .variable()
                        .json()
                        .orNothing()
                        .build(),
                attributes
                        .parameter("allowUnrestrictedNetworkAccess")
                        .literal()
                        .orNothing()
                        .build(),
                KeyPath.REFERENCE.matcher(attributes.text("url")).find(),
                HttpHeaders.of(attributes.text("headers")));
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkNoInputFailed();
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<String> verb = resolver.read(method, Coerce::string);
        Resolver.Resolved<HttpUrl> target = resolver.read(url, HttpTask::url);
        Resolver.Resolved<Optional<Map<String, PipelineValue>>> data = resolver.read(requestData, Coerce::map);
        Resolver.Resolved<Boolean> unrestricted =
                resolver.read(allowUnrestrictedNetworkAccess, value -> isUnrestricted(value, scope));
        resolver.throwFaults();
        Optional<byte[]> body = data.get()
                .map(fields -> ValueJson.writeBody(PipelineValue.map(fields)).getBytes(StandardCharsets.UTF_8));
        HttpRequestData request =
                HttpAccess.request(verb.get(), target.get(), headers.namesAndValues(), body, !unrestricted.get());
        HttpAnswer answer = scope.tools().http().fetch(scope, request);
        HttpFaults.checkStatus(answer, request.url());
        return TaskAnswer.of(PipelineValue.text(answer.text()));
    }

    /** What the spec says; if nothing, a URL without variables is the operator's own, unless all are checked. */
    private boolean isUnrestricted(PipelineValue said, TaskScope scope) {
        return said instanceof PipelineValue.Null
                ? !urlHasVariables && !scope.tools().settings().outbound().strictLiterals()
                : Coerce.bool(said);
    }

    private static HttpUrl url(PipelineValue value) {
        if (!(value instanceof PipelineValue.Text(String text))) {
            throw new TaskFailure("bad input for task");
        }
        try {
            return HttpUrl.parse(text);
        } catch (OutboundFailure e) {
            throw TaskFailure.badInput(e.text());
        }
    }
}
