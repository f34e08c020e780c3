package io.carabiner.web;

import java.util.regex.Pattern;

/** What is answered where no route is: nothing for the API and for files, a page for people elsewhere. Pure. */
final class Pages {

    private static final Pattern API = Pattern.compile("^/v[0-9]+/.*");
    private static final Pattern FILE = Pattern.compile(".*\\.[^/.]+$");

    private static final String INDEX = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="UTF-8"><title>Carabiner</title></head>
            <body>
            <h1>Carabiner</h1>
            <p>This node is used by its command line and its HTTP API.</p>
            <ul>
            <li><a href="/api-docs">/api-docs</a>: the API</li>
            <li><a href="/health">/health</a>: what works and what does not</li>
            <li><a href="/metrics">/metrics</a>: numbers for Prometheus</li>
            </ul>
            </body>
            </html>
            """;

    private Pages() {}

    static Answer fallback(String path) {
        return API.matcher(path).matches() || FILE.matcher(path).matches()
                ? Answer.empty(404)
                : Answer.of(200, Answer.HTML, INDEX);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }
}
