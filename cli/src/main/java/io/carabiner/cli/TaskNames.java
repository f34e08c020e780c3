package io.carabiner.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tasks of a pipeline in the order in which they run, each as {@code name type}, read from its DOT text only as far
 * as a table needs it. A pure function.
 */
final class TaskNames {

    /** A comment, a quoted text, a bracket, an arrow, or a word. */
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|#[^\\n]*|\"(?:\\\\.|[^\"\\\\])*\"|<[^>]*>|->"
                    + "|[\\[\\]{};,=]|[^\\s\\[\\]{};,=\"<>-][^\\s\\[\\]{};,=\"]*",
            Pattern.DOTALL);

    private final Map<String, String> types = new LinkedHashMap<>();
    private final List<Map.Entry<String, String>> edges = new ArrayList<>();

    private TaskNames() {}

    static List<String> of(String dot) {
        TaskNames names = new TaskNames();
        names.read(dot);
        return names.ordered();
    }

    private void read(String dot) {
        String previous = "";
        boolean arrow = false;
        Matcher matcher = TOKEN.matcher(dot);
        while (matcher.find()) {
            String token = matcher.group();
            if (token.startsWith("//") || token.startsWith("/*") || token.startsWith("#")) {
                continue;
            }
            if (token.equals("[")) {
                readAttributes(matcher, previous);
            } else if (token.equals("->")) {
                arrow = true;
                continue;
            } else if (isName(token)) {
                types.putIfAbsent(token, "");
                if (arrow) {
                    edges.add(Map.entry(previous, token));
                }
                previous = token;
            }
            arrow = false;
        }
    }

    private static boolean isName(String token) {
        return !token.matches("[\\[\\]{};,=]|<.*|\".*");
    }

    private void readAttributes(Matcher matcher, String task) {
        String name = "";
        boolean value = false;
        while (matcher.find() && !matcher.group().equals("]")) {
            String token = matcher.group();
            if (token.equals("=")) {
                value = true;
            } else if (value && name.equals("type")) {
                types.put(task, unquoted(token));
                value = false;
            } else {
                value = false;
                name = token;
            }
        }
    }

    private static String unquoted(String token) {
        return token.startsWith("\"") ? token.substring(1, token.length() - 1) : token;
    }

    /** Each task after those it waits for; else as they stand in the text. */
    private List<String> ordered() {
        List<String> names = List.copyOf(types.keySet());
        Map<String, Integer> waiting = new HashMap<>();
        edges.forEach(edge -> waiting.merge(edge.getValue(), 1, Integer::sum));
        PriorityQueue<String> ready = new PriorityQueue<>(Comparator.comparing(names::indexOf));
        names.stream().filter(name -> !waiting.containsKey(name)).forEach(ready::add);
        List<String> result = new ArrayList<>();
        while (!ready.isEmpty()) {
            String task = ready.remove();
            result.add((task + " " + types.get(task)).strip());
            edges.stream()
                    .filter(edge -> edge.getKey().equals(task))
                    .filter(edge -> waiting.merge(edge.getValue(), -1, Integer::sum) == 0)
                    .forEach(edge -> ready.add(edge.getValue()));
        }
        return result;
    }
}
