package io.carabiner.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each core adapter of version 1 (core/adapters, before 1.0.0) as tasks of today. Not thread-safe. */
final class Adapters {

    private static final Pattern VARIABLE_KEY = Pattern.compile("[A-Za-z0-9_]+");
    private static final List<String> SEPARATORS = List.of(",", "|", ";", "/", "~");
    private static final String DATA = "data";
    private static final String RESULT = "result";

    private final Trigger trigger;
    private final Dot graph;
    private final Remarks remarks;
    private final Fields fields;
    private boolean readsRequest;

    Adapters(Trigger trigger, Dot graph, Remarks remarks) {
        this.trigger = trigger;
        this.graph = graph;
        this.remarks = remarks;
        this.fields = new Fields(remarks);
    }

    /** The parameters in a call's body, where a task needs one of them. */
    void readRequestFirst() {
        if (readsRequest && trigger instanceof Trigger.Call) {
            graph.addFirst("request", "jsonparse", "path", "", DATA, "$(jobRun.requestBody)");
        }
    }

    /** A parameter: what the spec says, else what who started the run gives, as version 1 decided it. */
    private Optional<String> parameter(Located task, String key) {
        Located place = task.child("params").child(key);
        return place.present() ? fields.scalar(place) : requested(key);
    }

    private Optional<String> requested(String key) {
        Optional<String> variable = trigger.parameters().map(parameters -> Dot.variable(parameters + "." + key));
        readsRequest |= variable.isPresent();
        return variable;
    }

    private Optional<String> needed(Located task, String key) {
        Optional<String> value = parameter(task, key);
        Located place = task.child("params").child(key);
        if (value.isEmpty() && !place.present()) {
            remarks.refuse(place, "nothing gives this parameter");
        }
        return value;
    }

    /** Where version 1 went on without a parameter that nobody gave, a run of today fails. */
    private void saysIfOptional(Located task, String key, String before) {
        Located place = task.child("params").child(key);
        if (!place.present()) {
            remarks.different(place, "a run whose request has no " + key + " fails; version 1 " + before);
        }
    }

    Result http(Located task, String method, String key, boolean unrestricted) {
        Located params = task.child("params");
        boolean other = !params.child(key).present() && params.child("url").present();
        Optional<String> base = needed(task, other ? "url" : key);
        boolean variable = !params.child(other ? "url" : key).present();
        List<String> attributes = new ArrayList<>(List.of("method", method, "url", url(params, base, variable)));
        headers(params.child("headers")).ifPresent(headers -> attributes.addAll(List.of("headers", headers)));
        if (method.equals("POST")) {
            attributes.addAll(List.of("requestData", body(params.child("body"))));
        }
        if (unrestricted || !variable) {
            attributes.addAll(List.of("allowUnrestrictedNetworkAccess", String.valueOf(unrestricted)));
        }
        if (trigger.parameters().isPresent()) {
            remarks.different(
                    params,
                    "what a request says about headers, queryParams" + (other ? ", extPath and " + key : " and extPath")
                            + " is not looked at; version 1 took it where the spec said nothing");
        }
        return new Result.Value(graph.add("fetch", "http", attributes.toArray(String[]::new)));
    }

    private String url(Located params, Optional<String> base, boolean variable) {
        Located extPath = params.child("extPath");
        Located query = params.child("queryParams");
        if (!variable) {
            return new HttpTarget(fields, remarks).url(base.orElse(""), extPath, query);
        }
        if (extPath.present() || query.present()) {
            remarks.refuse(params, "extPath and queryParams cannot be added to a URL that comes with the request");
        }
        return base.orElse("");
    }

    /** A map of lists becomes one list of names and values. */
    private Optional<String> headers(Located headers) {
        if (!headers.present()) {
            return Optional.empty();
        }
        var list = JsonNodeFactory.instance.arrayNode();
        for (String name : headers.node().propertyNames()) {
            Located values = headers.child(name);
            List<String> texts = values.node().isArray()
                    ? fields.texts(values)
                    : List.of(fields.scalar(values).orElse(""));
            texts.forEach(text -> list.add(name).add(text));
        }
        return Optional.of(fields.literal(headers, list.toString()));
    }

    private String body(Located body) {
        if (!body.present()) {
            remarks.refuse(
                    body, "version 1 posted all that it knew of the run: write the body that the server wants here");
            return "";
        }
        String text = fields.scalar(body).orElse("");
        if (!isObject(text)) {
            remarks.refuse(body, "only a JSON object can be posted");
        }
        return text;
    }

    private static boolean isObject(String text) {
        try {
            return JsonMapper.shared().readTree(text).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    Result jsonParse(Located task, Result before, boolean mayBeNull) {
        Located place = task.child("params").child("path");
        if (before instanceof Result.BridgeAnswer(String bridge)) {
            List<String> keys = new ArrayList<>(List.of(DATA, RESULT));
            keys.addAll(fields.path(place).orElse(List.of()));
            if (!place.present() && trigger.parameters().isPresent()) {
                remarks.refuse(place, "a path that comes with the request cannot begin in the answer of a bridge");
            }
            remarks.different(task, "if the bridge's data.result is a text that holds JSON, it must be parsed twice");
            return parsed("parse", bridge, keys, mayBeNull);
        }
        String value = value(task, before);
        if (place.present()) {
            return parsed("parse", value, fields.path(place).orElse(List.of()), mayBeNull);
        }
        Optional<String> requested = requested("path");
        if (requested.isEmpty()) {
            return parsed("parse", value, List.of(), mayBeNull);
        }
        saysIfOptional(task, "path", "took the whole answer");
        return new Result.Value(
                graph.add("parse", "jsonparse", "path", requested.get(), "separator", ".", DATA, Dot.variable(value)));
    }

    private Result.Value parsed(String name, String of, List<String> keys, boolean mayBeNull) {
        String separator = SEPARATORS.stream()
                .filter(candidate -> keys.stream().noneMatch(key -> key.contains(candidate)))
                .findFirst()
                .orElse("\u001f");
        List<String> attributes =
                new ArrayList<>(List.of("path", String.join(separator, keys), DATA, Dot.variable(of)));
        if (!separator.equals(",")) {
            attributes.addAll(List.of("separator", separator));
        }
        if (mayBeNull) {
            attributes.addAll(List.of("lax", "true"));
        }
        return new Result.Value(graph.add(name, "jsonparse", attributes.toArray(String[]::new)));
    }

    Result copy(Located task, Result before, boolean mayBeNull) {
        Located place = task.child("params").child("copyPath");
        List<String> keys = fields.path(place).orElse(List.of());
        if (keys.isEmpty()) {
            remarks.refuse(place, "there is no path to copy from");
            return new Result.Unknown();
        }
        if (before instanceof Result.BridgeAnswer(String bridge)) {
            return copyFromBridge(task, bridge, keys, mayBeNull);
        }
        if (keys.equals(List.of(RESULT))) {
            return before;
        }
        if (trigger.parameters().isEmpty()
                || keys.getFirst().equals(RESULT)
                || !keys.stream().allMatch(key -> VARIABLE_KEY.matcher(key).matches())) {
            remarks.refuse(place, "only the answer of a bridge and the parameters of a request can be copied from");
            return new Result.Unknown();
        }
        readsRequest = true;
        return new Result.Value(trigger.parameters().get() + "." + String.join(".", keys));
    }

    private Result copyFromBridge(Located task, String bridge, List<String> keys, boolean mayBeNull) {
        if (trigger.parameters().isPresent()) {
            remarks.different(
                    task, "only the bridge's answer is looked at; version 1 went on to the parameters of the request");
        }
        List<String> all = new ArrayList<>(List.of(DATA));
        all.addAll(keys);
        return parsed("copy", bridge, all, mayBeNull);
    }

    Result multiply(Located task, Result before) {
        String value = value(task, before);
        Located place = task.child("params").child("times");
        Optional<String> times = place.present() ? fields.number(place) : requested("times");
        if (times.isEmpty()) {
            return new Result.Value(value);
        }
        saysIfOptional(task, "times", "left the value as it was");
        return new Result.Value(graph.add("multiply", "multiply", "input", Dot.variable(value), "times", times.get()));
    }

    Result quotient(Located task, Result before) {
        String value = value(task, before);
        Located place = task.child("params").child("dividend");
        Optional<String> dividend = place.present() ? fields.number(place) : requested("dividend");
        if (dividend.isEmpty()) {
            return new Result.Value(value);
        }
        saysIfOptional(task, "dividend", "left the value as it was");
        remarks.different(task, "version 1 rounded a quotient to 10 digits; this job has 16 places behind the point");
        return new Result.Value(graph.add("divide", "divide", "input", dividend.get(), "divisor", Dot.variable(value)));
    }

    Result compare(Located task, Result before) {
        String value = Dot.variable(value(task, before));
        Located params = task.child("params");
        Optional<String> limit =
                params.child("value").present() ? fields.number(params.child("value")) : needed(task, "value");
        return switch (params.text("operator").orElse("")) {
            case "lt" -> lessThan(value, limit.orElse(""));
            case "gt" -> lessThan(limit.orElse(""), value);
            default -> {
                remarks.refuse(params.child("operator"), "tasks of today compare with less than only: lt and gt");
                yield new Result.Unknown();
            }
        };
    }

    private Result lessThan(String left, String right) {
        return new Result.Truth(graph.add("compare", "lessthan", "left", left, "right", right));
    }

    Result word(Located task, Result before, String abiType) {
        if (abiType.equals("bytes32")) {
            remarks.different(
                    task,
                    "version 1 cut or filled any text to 32 bytes; this job fails on a text that is not 32 bytes"
                            + " long, and reads a text that begins with 0x as hex");
        }
        if (abiType.equals("bool") && !(before instanceof Result.Truth)) {
            remarks.different(task, "version 1 took any value for true or false; this job fails on others than these");
        }
        return new Result.Word(abiType, value(task, before));
    }

    Result bridge(Located task, String name, Result before) {
        Located params = task.child("params");
        if (params.present() && !params.node().isObject()) {
            remarks.refuse(params, "the parameters of a bridge are an object");
        }
        String fixed = params.present() ? inner(fields.json(params)) : "";
        String passed =
                switch (before) {
                    case Result.Nothing() -> "";
                    case Result.BridgeAnswer(String bridge) -> {
                        remarks.refuse(task, "a bridge that works on the whole answer of a bridge: write it by hand");
                        yield bridge;
                    }
                    case Result.Value ignored -> result(task, before);
                    case Result.Truth ignored -> result(task, before);
                    case Result.Word ignored -> result(task, before);
                    case Result.Sent ignored -> result(task, before);
                    case Result.Unknown() -> "";
                };
        String resultField = params.child(RESULT).present() ? "" : passed;
        String own = "{" + (resultField.isEmpty() || fixed.isEmpty() ? resultField + fixed : resultField + ", " + fixed)
                + "}";
        String data = trigger.parameters().isPresent() ? merged(own) : own;
        return new Result.BridgeAnswer(graph.add(
                bridgeTask(name),
                "bridge",
                "name",
                name,
                "requestData",
                "{\"id\": $(jobSpec.externalJobID), \"data\": " + data + "}"));
    }

    private String result(Located task, Result before) {
        return "\"result\": " + Dot.variable(value(task, before));
    }

    /** What who started the run gives, under what the spec says. */
    private String merged(String own) {
        readsRequest = true;
        String parameters = Dot.variable(trigger.parameters().orElseThrow());
        return own.equals("{}")
                ? parameters
                : Dot.variable(graph.add("merge", "merge", "left", parameters, "right", own));
    }

    private static String bridgeTask(String name) {
        return "bridge_" + name.replace('-', '_');
    }

    private static String inner(String object) {
        return object.startsWith("{") ? object.substring(1, object.length() - 1) : object;
    }

    /** The variable of what the task before left. */
    private String value(Located task, Result before) {
        return switch (before) {
            case Result.Value(String variable) -> variable;
            case Result.Truth(String variable) -> variable;
            case Result.BridgeAnswer(String bridge) ->
                parsed(bridge + "_result", bridge, List.of(DATA, RESULT), false).variable();
            case Result.Nothing() -> without(task, "no task before gives this one a value");
            case Result.Word ignored -> without(task, "works on a value that is encoded for a contract already");
            case Result.Sent() -> without(task, "stands behind ethtx: send the transaction last");
            case Result.Unknown() -> "unknown";
        };
    }

    private String without(Located task, String reason) {
        remarks.refuse(task, reason);
        return "unknown";
    }
}
