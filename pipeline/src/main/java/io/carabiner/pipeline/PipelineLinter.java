package io.carabiner.pipeline;

import io.carabiner.abi.AbiFunction;
import io.carabiner.abi.AbiText;
import io.carabiner.config.Spelling;
import io.carabiner.primitives.GoQuote;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;

/**
 * Finds what is allowed in a graph and most likely not meant: variables and attributes that do not exist, ABIs that
 * cannot be read, tasks whose result nobody takes. Pure.
 */
public final class PipelineLinter {

    private static final Set<String> OF_EVERY_RUN = Set.of("jobSpec", "jobRun");
    private static final Set<String> OF_EVERY_TASK =
            Set.of("type", "index", "timeout", "failEarly", "retries", "minBackoff", "maxBackoff", "streamID", "tags");

    /** Types that do something outside the run: for their sake there are the others. */
    private static final Set<String> ACTING = Set.of("ethtx", "bridge", "http");

    private final List<PipelineTask> tasks;
    private final DotGraph graph;
    private final Variables variables;
    private final Map<String, PipelineTask> byName = new HashMap<>();
    private final List<PipelineFault> found = new ArrayList<>();

    private PipelineLinter(Pipeline pipeline, Variables variables) {
        this.tasks = pipeline.tasks();
        this.graph = DotParser.parse(pipeline.source());
        this.variables = variables;
        tasks.forEach(task -> byName.put(task.dotId(), task));
    }

    /**
     * All that was found, in the order of the text.
     *
     * @param variables what a run begins with; {@code jobSpec} and {@code jobRun} count as known where they are not in
     *     it
     */
    public static List<PipelineFault> lint(Pipeline pipeline, Variables variables) {
        PipelineLinter linter = new PipelineLinter(pipeline, variables);
        for (DotGraph.Node node : linter.graph.nodes()) {
            linter.checkAttributes(node);
            linter.checkReferences(node);
            linter.checkAbi(node);
        }
        linter.checkUse();
        return linter.found.stream()
                .sorted(Comparator.comparingInt(PipelineFault::line).thenComparingInt(PipelineFault::column))
                .toList();
    }

    private void report(DotToken at, String message) {
        found.add(new PipelineFault(at.line(), at.column(), message));
    }

    private static String hint(String name, Collection<String> known) {
        return Spelling.nearest(name, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private static String type(DotGraph.Node node) {
        return text(node, "type").toLowerCase(Locale.ROOT);
    }

    private static String text(DotGraph.Node node, String name) {
        return attributes(node).text(name);
    }

    private static Attributes attributes(DotGraph.Node node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.attributes().forEach((name, attribute) -> texts.put(name, attribute.value()));
        return new Attributes(texts);
    }

    private void checkAttributes(DotGraph.Node node) {
        Attributes attributes = attributes(node);
        TaskTypes.compile(type(node), attributes);
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(attributes.asked());
        known.addAll(OF_EVERY_TASK);
        node.attributes().forEach((name, attribute) -> {
            if (!known.contains(name)) {
                report(
                        attribute.at(),
                        "task " + node.name() + ": type " + type(node) + " has no attribute " + name
                                + hint(name, known));
            }
        });
    }

    private void checkReferences(DotGraph.Node node) {
        for (DotGraph.Attribute attribute : node.attributes().values()) {
            Matcher reference = KeyPath.REFERENCE.matcher(attribute.value());
            while (reference.find()) {
                checkReference(node, attribute, KeyPath.of(reference.group(1)));
            }
        }
    }

    private void checkReference(DotGraph.Node node, DotGraph.Attribute attribute, KeyPath path) {
        String first = path.segments().getFirst();
        PipelineValue start = variables.values().get(first);
        if (byName.containsKey(first) || (start == null && OF_EVERY_RUN.contains(first))) {
            return;
        }
        Optional<String> fault = start == null ? Optional.of(hint(first, names())) : missing(path, start);
        fault.ifPresent(hint ->
                report(attribute.at(), "task " + node.name() + ": there is no variable $(" + path.text() + ")" + hint));
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(OF_EVERY_RUN);
        names.addAll(byName.keySet());
        names.addAll(variables.values().keySet());
        return names;
    }

    /** The hint if the path leads nowhere; empty if it leads somewhere, or if that cannot be told. */
    private static Optional<String> missing(KeyPath path, PipelineValue start) {
        PipelineValue value = start;
        for (String segment : path.segments().subList(1, path.segments().size())) {
            if (!(value instanceof PipelineValue.Fields(Map<String, PipelineValue> fields))) {
                return Optional.empty();
            }
            value = fields.get(segment);
            if (value == null) {
                return Optional.of(hint(segment, fields.keySet()));
            }
        }
        return Optional.empty();
    }

    private void checkAbi(DotGraph.Node node) {
        for (Map.Entry<String, DotGraph.Attribute> entry : node.attributes().entrySet()) {
            if (entry.getKey().equalsIgnoreCase("abi")) {
                abiFault(type(node), entry.getValue().value())
                        .ifPresent(fault -> report(entry.getValue().at(), "task " + node.name() + ": " + fault));
            }
        }
    }

    private static Optional<String> abiFault(String type, String abi) {
        try {
            switch (type) {
                case "ethabiencode" -> AbiFunction.ofText(abi.strip());
                case "ethabiencode2" -> AbiFunction.ofJson(abi);
                case "ethabidecode" -> AbiText.arguments(abi.strip(), false);
                case "ethabidecodelog" -> AbiText.parse(abi.strip(), true);
                default -> {}
            }
            return Optional.empty();
        } catch (TaskFailure e) {
            return Optional.of(e.text());
        }
    }

    /**
     * Where a run does something, every task is there for it, or for a result with a place of its own; where it only
     * answers, each end is an answer.
     */
    private void checkUse() {
        Set<Integer> ends = new HashSet<>();
        tasks.forEach(task -> ends.add(task.id()));
        tasks.forEach(task -> ends.removeAll(task.dependencies()));
        if (ends.stream().noneMatch(id -> ACTING.contains(tasks.get(id).type()))) {
            return;
        }
        Set<Integer> useful = new HashSet<>(ends);
        useful.removeIf(
                id -> !ACTING.contains(tasks.get(id).type()) && tasks.get(id).index() < 0);
        for (PipelineTask task : tasks.reversed()) {
            if (useful.contains(task.id())) {
                useful.addAll(task.dependencies());
            } else {
                found.add(new PipelineFault(
                        task.line(),
                        task.column(),
                        "task " + GoQuote.quote(task.dotId()) + " is not used: no task that acts takes its result"));
            }
        }
    }
}
