package io.carabiner.migrate;

import io.carabiner.primitives.GoQuote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Writes a task graph in the DOT dialect of job specs. Not thread-safe. */
final class Dot {

    private final SequencedMap<String, String> tasks = new LinkedHashMap<>();
    private final List<String> edges = new ArrayList<>();
    private final List<String> chain = new ArrayList<>();

    /**
     * Adds a task behind the one added before.
     *
     * @param attributes name, value, name, value, …
     * @return the name it got: the wanted one, or that with a number
     */
    String add(String wanted, String type, String... attributes) {
        String name = wanted;
        for (int i = 2; tasks.containsKey(name); i++) {
            name = wanted + "_" + i;
        }
        tasks.put(name, line(name, type, attributes));
        chain.add(name);
        return name;
    }

    /** Adds a task before all others of the chain. */
    void addFirst(String name, String type, String... attributes) {
        tasks.putFirst(name, line(name, type, attributes));
        chain.addFirst(name);
    }

    private static String line(String name, String type, String... attributes) {
        StringBuilder text = new StringBuilder(name).append(" [type=").append(type);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append('=').append(GoQuote.quote(attributes[i + 1]));
        }
        return text.append(']').toString();
    }

    /** Ends the chain; the next task begins another. */
    void endChain() {
        if (chain.size() > 1) {
            edges.add(String.join(" -> ", chain));
        }
        chain.clear();
    }

    /** Begins a chain behind the ends of others. */
    void join(List<String> ends, String next) {
        ends.forEach(end -> edges.add(end + " -> " + next));
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** The graph, four spaces before each line. */
    String text() {
        endChain();
        String all = tasks.values().stream().map(task -> "    " + task + "\n").collect(Collectors.joining());
        String arrows = edges.stream().map(edge -> "    " + edge + "\n").collect(Collectors.joining());
        return arrows.isEmpty() ? all : all + "\n" + arrows;
    }

    /** A reference to what a task answers with, or to a variable. */
    static String variable(String path) {
        return "$(" + path + ")";
    }
}
