package io.carabiner.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the description of the API says about a route: a line of {@code api.txt}.
 *
 * @param group under which it stands
 * @param summary what it does
 * @param query names of parameters of the query
 * @param body fields of a JSON body
 * @param file whether the body is a file, or anything at all
 * @param answer what comes back
 */
record RouteDoc(String group, String summary, List<String> query, List<Field> body, boolean file, Reply answer) {

    private static final String RESOURCE = "api.txt";
    private static final int COLUMNS = 6;

    /** A field of a body: its type is string, boolean, integer, object or any. */
    record Field(String name, String type, boolean required) {}

    /** What comes back. */
    sealed interface Reply {

        /** Resources of a type of JSON:API; the type may have a word before it that tells two of one name apart. */
        record Resources(String type, boolean list, boolean paged) implements Reply {}

        /** Something else: text, json, file, html or none. */
        record Other(String form) implements Reply {}
    }

    /** All lines, by method and path. */
    static Map<String, RouteDoc> all() {
        Map<String, RouteDoc> docs = new LinkedHashMap<>();
        try (InputStream in = RouteDoc.class.getResourceAsStream(RESOURCE)) {
            new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> add(docs, line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return docs;
    }

    private static void add(Map<String, RouteDoc> docs, String line) {
        List<String> columns =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (columns.size() != COLUMNS) {
            throw new IllegalStateException(RESOURCE + ": not " + COLUMNS + " columns: " + line);
        }
        boolean file = columns.get(4).equals("file") || columns.get(4).equals("raw");
        RouteDoc doc = new RouteDoc(
                columns.get(1),
                columns.get(2),
                words(columns.get(3)),
                file
                        ? List.of()
                        : words(columns.get(4)).stream().map(RouteDoc::field).toList(),
                file,
                reply(columns.get(5)));
        if (docs.put(columns.getFirst(), doc) != null) {
            throw new IllegalStateException(RESOURCE + ": twice: " + columns.getFirst());
        }
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : new ArrayList<>(List.of(text.split(" +", -1)));
    }

    private static Field field(String text) {
        int colon = text.indexOf(':');
        String name = text.substring(0, colon);
        boolean required = name.endsWith("*");
        return new Field(required ? name.substring(0, name.length() - 1) : name, text.substring(colon + 1), required);
    }

    private static Reply reply(String text) {
        if (List.of("text", "json", "file", "html", "none").contains(text)) {
            return new Reply.Other(text);
        }
        boolean paged = text.endsWith(" paged");
        String type = paged ? text.substring(0, text.length() - " paged".length()) : text;
        boolean list = type.endsWith("[]");
        return new Reply.Resources(list ? type.substring(0, type.length() - 2) : type, list, paged);
    }
}
