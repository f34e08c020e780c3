package io.carabiner.migrate;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Converts the tasks of a job, one after the other: in version 1 each works on the result of the one before
 * (core/services/run_executor.go), and parameters that the spec does not give come from who started the run. Used
 * once.
 */
final class TaskConversion {

    private static final Pattern BRIDGE_NAME = Pattern.compile("[a-z0-9_-]+");
    private static final Set<String> NUMERIC = Set.of("multiply", "quotient", "compare", "ethint256", "ethuint256");

    private final Dot graph;
    private final Remarks remarks;
    private final Fields fields;
    private final Adapters adapters;
    private final Transactions transactions;
    private OptionalLong confirmations = OptionalLong.empty();
    private Result result = new Result.Nothing();

    TaskConversion(Trigger trigger, Dot graph, Remarks remarks) {
        this.graph = graph;
        this.remarks = remarks;
        this.fields = new Fields(remarks);
        this.adapters = new Adapters(trigger, graph, remarks);
        this.transactions = new Transactions(trigger, graph, remarks);
    }

    /** The most confirmations that a task asks for; empty if none does. */
    Optional<Long> confirmations() {
        return confirmations.isPresent() ? Optional.of(confirmations.getAsLong()) : Optional.empty();
    }

    void convert(Located tasks) {
        if (!tasks.node().isArray() || tasks.node().isEmpty()) {
            remarks.refuse(tasks, "the job has no tasks");
            return;
        }
        for (int i = 0; i < tasks.node().size(); i++) {
            confirmations(tasks.item(i));
            String next = type(tasks.item(i + 1));
            result = convert(tasks.item(i), type(tasks.item(i)), !NUMERIC.contains(next));
        }
        if (result instanceof Result.Word word) {
            transactions.encode(word);
        }
        adapters.readRequestFirst();
        if (graph.isEmpty()) {
            remarks.refuse(tasks, "no task is left: a job of today does something");
        }
    }

    private static String type(Located task) {
        return task.text("type").orElse("").toLowerCase(Locale.ROOT);
    }

    private void confirmations(Located task) {
        Located place = task.child("confirmations");
        fields.whole(place)
                .filter(count -> !count.equals("0") && count.length() < 10)
                .ifPresent(count -> {
                    confirmations = OptionalLong.of(Math.max(confirmations.orElse(0), Long.parseLong(count)));
                    remarks.different(
                            place, "the whole run waits for the most confirmations that one of its tasks asks for");
                });
    }

    private Result convert(Located task, String type, boolean mayBeNull) {
        return switch (type) {
            case "httpget" -> adapters.http(task, "GET", "get", false);
            case "httpgetwithunrestrictednetworkaccess" -> adapters.http(task, "GET", "get", true);
            case "httppost" -> adapters.http(task, "POST", "post", false);
            case "httppostwithunrestrictednetworkaccess" -> adapters.http(task, "POST", "post", true);
            case "jsonparse" -> adapters.jsonParse(task, result, mayBeNull);
            case "copy" -> adapters.copy(task, result, mayBeNull);
            case "multiply" -> adapters.multiply(task, result);
            case "quotient" -> adapters.quotient(task, result);
            case "compare" -> adapters.compare(task, result);
            case "ethuint256" -> adapters.word(task, result, "uint256");
            case "ethint256" -> adapters.word(task, result, "int256");
            case "ethbytes32" -> adapters.word(task, result, "bytes32");
            case "ethbool" -> adapters.word(task, result, "bool");
            case "ethtx" -> transactions.send(task, result);
            case "noop" -> result;
            case "sleep" -> refused(task, "no task of today waits");
            case "nooppend", "nooppendoutgoing" -> refused(task, "a task that only waits has no counterpart");
            case "random" -> refused(task, "write a vrf job by hand: it needs the public key of a VRF key");
            case "resultcollect" -> refused(task, "collect results with one ethabiencode of several arguments");
            case "ethtxabiencode" -> refused(task, "write ethabiencode and ethtx by hand, with the function's text");
            case "wasm" -> refused(task, "WebAssembly tasks are gone");
            case "" -> refused(task, "the task has no type");
            default -> bridge(task, type);
        };
    }

    private Result bridge(Located task, String type) {
        return BRIDGE_NAME.matcher(type).matches()
                ? adapters.bridge(task, type, result)
                : refused(task, "neither an adapter of version 1 nor the name of a bridge: " + type);
    }

    private Result refused(Located task, String reason) {
        remarks.refuse(task.child("type"), reason);
        return new Result.Unknown();
    }
}
