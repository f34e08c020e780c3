package io.carabiner.web;

import io.carabiner.web.RouteDoc.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The description of the API as one page for people, with nothing from elsewhere. Pure. */
final class ApiPage {

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="UTF-8"><title>Carabiner API</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 72em; padding: 0 1em; }
            table { border-collapse: collapse; width: 100%; margin-bottom: 2em; }
            td, th { border-bottom: 1px solid #ccc; padding: .35em .6em; text-align: left; vertical-align: top; }
            code { white-space: nowrap; }
            .fields { color: #555; font-size: 13px; }
            nav a { margin-right: 1em; }
            </style></head>
            <body>
            <h1>Carabiner API</h1>
            <p>Log in with <code>POST /sessions</code>, or send <code>X-API-KEY</code> and <code>X-API-SECRET</code>.
            For programs: <a href="/v2/openapi.json">OpenAPI 3.1</a>.</p>
            """;

    private ApiPage() {}

    static String html(List<Route> routes, OpenApi api) {
        Map<String, List<Route>> groups = routes.stream()
                .collect(Collectors.groupingBy(route -> api.doc(route).group(), TreeMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder(HEAD).append("<nav>");
        groups.keySet().forEach(group -> page.append("<a href=\"#%1$s\">%1$s</a>".formatted(Pages.escape(group))));
        page.append("</nav>\n");
        groups.forEach((group, members) -> {
            page.append("<h2 id=\"%1$s\">%1$s</h2>\n".formatted(Pages.escape(group)));
            page.append("<table><tr><th>Route</th><th>What it does</th><th>Role</th><th>Answer</th></tr>\n");
            members.forEach(route -> page.append(row(route, api.doc(route))));
            page.append("</table>\n");
        });
        return page.append("</body></html>\n").toString();
    }

    private static String row(Route route, RouteDoc doc) {
        return "<tr><td><code>%s %s</code></td><td>%s%s</td><td>%s</td><td>%s</td></tr>\n"
                .formatted(
                        route.method(),
                        Pages.escape(route.template()),
                        Pages.escape(doc.summary()),
                        fields(doc),
                        Pages.escape(OpenApi.role(route.access())),
                        Pages.escape(answer(doc.answer())));
    }

    private static String fields(RouteDoc doc) {
        StringBuilder lines = new StringBuilder();
        if (!doc.query().isEmpty()) {
            lines.append("<div class=\"fields\">?")
                    .append(Pages.escape(String.join(" &", doc.query())))
                    .append("</div>");
        }
        if (!doc.body().isEmpty()) {
            String fields = doc.body().stream()
                    .map(field -> field.name() + (field.required() ? "" : "?") + ": " + field.type())
                    .collect(Collectors.joining(", "));
            lines.append("<div class=\"fields\">{ ")
                    .append(Pages.escape(fields))
                    .append(" }</div>");
        }
        return lines.toString();
    }

    private static String answer(Reply answer) {
        return switch (answer) {
            case Reply.Resources(String type, boolean list, boolean paged) ->
                ApiSchemas.typeName(type) + (list ? "[]" : "") + (paged ? ", in pages" : "");
            case Reply.Other(String form) -> form;
        };
    }
}
