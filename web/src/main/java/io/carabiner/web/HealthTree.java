package io.carabiner.web;

import io.carabiner.telemetry.HealthStatus;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The health report for people: the dotted names as a tree that can be folded. Pure. */
final class HealthTree {

    private static final String STYLE = """
            <style>
                details {
                    margin: 0.0em 0.0em 0.0em 0.4em;
                    padding: 0.3em 0.0em 0.0em 0.4em;
                }
                pre {
                    margin-left:1em;
                    margin-top: 0;
                }
                summary {
                    padding-bottom: 0.4em;
                }
                details {
                    border: thin solid black;
                    border-bottom-color: rgba(0,0,0,0);
                    border-right-color: rgba(0,0,0,0);
                }
                .passing:after {
                    color: blue;
                    content: " - (Passing)";
                    font-size:small;
                    text-transform: uppercase;
                }
                .failing:after {
                    color: red;
                    content: " - (Failing)";
                    font-weight: bold;
                    font-size:small;
                    text-transform: uppercase;
                }
                summary.noexpand::marker {
                    color: rgba(100,101,10,0);
                }
            </style>
            """;

    private @Nullable HealthStatus status;
    private String fullName = "";
    private final TreeMap<String, HealthTree> children = new TreeMap<>();

    private HealthTree() {}

    static String html(SortedMap<String, HealthStatus> report) {
        HealthTree root = new HealthTree();
        report.forEach(root::add);
        StringBuilder out = new StringBuilder(STYLE);
        root.children.forEach((name, child) -> child.write(name, 0, out));
        return out.toString().stripTrailing();
    }

    private void add(String name, HealthStatus found) {
        HealthTree place = this;
        for (String part : name.split("\\.", -1)) {
            place = place.children.computeIfAbsent(part, absent -> new HealthTree());
        }
        place.status = found;
        place.fullName = name;
    }

    private void write(String name, int depth, StringBuilder out) {
        String indent = "    ".repeat(depth);
        String reason = status instanceof HealthStatus.Failing(String why) ? why : "";
        String marker = children.isEmpty() && reason.isEmpty() ? " class=\"noexpand\"" : "";
        out.append(indent).append("<details open>\n");
        out.append(indent)
                .append("    <summary title=\"%s\"%s><span class=\"%s\">%s</span></summary>\n"
                        .formatted(Pages.escape(fullName), marker, word(), Pages.escape(name)));
        if (!reason.isEmpty()) {
            out.append(indent).append("    <pre>").append(Pages.escape(reason)).append("</pre>\n");
        }
        children.forEach((child, tree) -> tree.write(child, depth + 1, out));
        out.append(indent).append("</details>\n");
    }

    private String word() {
        return switch (status) {
            case null -> "";
            case HealthStatus.Passing passing -> "passing";
            case HealthStatus.Failing failing -> "failing";
        };
    }
}
