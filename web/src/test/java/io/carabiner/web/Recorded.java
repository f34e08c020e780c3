package io.carabiner.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request to a Go node 2.15 and its answer, as they were recorded.
 *
 * @param number the place in the recording: the first three digits of the file's name
 * @param body what was sent, empty for nothing
 * @param answer the body that came back, to the letter
 */
record Recorded(
        int number,
        String name,
        String role,
        String method,
        String path,
        Map<String, String> requestHeaders,
        String body,
        int status,
        Map<String, String> headers,
        String answer) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path FOLDER = Path.of("src/test/resources/golden/rest");

    /** The names of this record's headers that must be answered as recorded. */
    private static final List<Pattern> FIXED_HEADERS = Stream.of(
                    "content-type",
                    "strict-transport-security",
                    "x-(content|dns|download|frame|xss).*",
                    "x-ratelimit-limit",
                    "forbidden-.*",
                    "access-control-.*",
                    "vary",
                    "location")
            .map(Pattern::compile)
            .toList();

    static Stream<Recorded> between(int first, int last) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .filter(file ->
                            Character.isDigit(file.getFileName().toString().charAt(0)))
                    .sorted()
                    .map(Recorded::read)
                    .filter(recorded -> recorded.number() >= first && recorded.number() <= last)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recorded number(int number) {
        return between(number, number).findFirst().orElseThrow();
    }

    static JsonNode matrix() throws IOException {
        return JSON.readTree(Files.readString(FOLDER.resolve("role-matrix.json")));
    }

    private static Recorded read(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            JsonNode request = json.get("request");
            JsonNode response = json.get("response");
            return new Recorded(
                    Integer.parseInt(file.getFileName().toString().substring(0, 3)),
                    json.get("case").stringValue(),
                    json.get("role").stringValue(),
                    request.get("method").stringValue(),
                    request.get("path").stringValue(),
                    map(request.get("headers")),
                    sent(request.path("body")),
                    response.get("status").intValue(),
                    fixed(map(response.get("headers"))),
                    raw(response));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sent(JsonNode body) {
        return body.isString() ? body.stringValue() : body.isMissingNode() ? "" : body.toString();
    }

    /** The recording keeps the raw text only where it is not what a plain print of the body gives. */
    private static String raw(JsonNode response) {
        if (response.has("text")) {
            return response.get("text").stringValue();
        }
        JsonNode body = response.path("body");
        return body.isString() ? body.stringValue() : body.isMissingNode() || body.isNull() ? "" : body.toString();
    }

    private static Map<String, String> map(JsonNode object) {
        LinkedHashMap<String, String> map = new LinkedHashMap<>();
        object.properties().forEach(entry -> map.put(entry.getKey(), first(entry.getValue())));
        return map;
    }

    private static String first(JsonNode value) {
        return value.isArray() ? value.get(0).stringValue() : value.asString();
    }

    private static Map<String, String> fixed(Map<String, String> headers) {
        headers.keySet().removeIf(name -> FIXED_HEADERS.stream()
                .noneMatch(pattern -> pattern.matcher(name).matches()));
        return headers;
    }

    /** What differs from run to run, taken out. */
    static String masked(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
                .replaceAll("\"[0-9a-f]{32}\"", "\"KEY\"")
                .replaceAll("\"[A-Za-z0-9+/]{64}\"", "\"SECRET\"")
                .replaceAll("\"[A-Za-z0-9+/]{32}\"", "\"TOKEN\"")
                .replaceAll("0x[0-9a-fA-F]{40}", "ADDRESS");
    }

    @Override
    public String toString() {
        return "%03d-%s".formatted(number, name);
    }
}
