package io.carabiner.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests made up from an API's own description: sensible ones, half-sensible ones and nonsense, drawn from a seed.
 * Ids that answers showed are used again. Belongs to one thread.
 */
public final class ApiRequests {

    private static final int KNOWN_MAX = 200;
    private static final int LONG_TEXT = 5_000;
    private static final int DEEP = 3_000;
    private static final Pattern ID = Pattern.compile("\"(?:id|name|externalJobID|address)\":\"([^\"]{1,80})\"");
    private static final Pattern TRACE =
            Pattern.compile("\\tat [\\w.$/]+\\(|java\\.(lang|util|sql)\\.|io\\.carabiner\\.|\\w+Exception\\b");

    /** Faults that the Go node answers with 500 or more, in words that its clients know. */
    private static final List<Pattern> KNOWN_FAULTS = List.of(
                    "Key not found",
                    "Key already exists",
                    "chainID is empty",
                    "unable to find \\w+ key with id .*",
                    "key with ID .* already exists",
                    "\\w+KeyStore#ImportKey failed to decrypt key: .*",
                    "failed to update task run result: .*",
                    "error updating API user: no matching user for provided email",
                    "there is no profile \\w+ in Go's format here: .*",
                    "abandoning transactions is not in this version: .*",
                    "chain id does not exist: .*",
                    "no (stored block|attempt).*",
                    "manual job runs not supported.*",
                    ".* already exists.*",
                    ".*(is disabled|are disabled|switched off).*",
                    "sql: no rows in result set",
                    "jobs of type \\w+ are not supported by this version of Carabiner yet: .*")
            .stream()
            .map(text -> Pattern.compile(text, Pattern.DOTALL))
            .toList();

    private final List<Operation> operations = new ArrayList<>();
    private final List<String> known = new ArrayList<>();
    private final Random random;

    /** A request to be sent. */
    public record Request(String method, String path, String body) {}

    private record Operation(String method, String path, List<JsonNode> parameters, Optional<JsonNode> body) {}

    /**
     * All operations of a document.
     *
     * @param openApi the description, as it is served
     * @param seed the same seed draws the same, as long as answers are the same
     */
    public ApiRequests(JsonNode openApi, long seed) {
        random = new Random(seed);
        openApi.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> operations.add(operation(path.getKey(), operation))));
    }

    private static Operation operation(String path, Map.Entry<String, JsonNode> entry) {
        JsonNode body = entry.getValue()
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        return new Operation(
                entry.getKey().toUpperCase(Locale.ROOT),
                path,
                entry.getValue().path("parameters").valueStream().toList(),
                body.isMissingNode() ? Optional.empty() : Optional.of(body));
    }

    /** How many operations there are. */
    public int operations() {
        return operations.size();
    }

    /** The next request. */
    public Request next() {
        Operation drawn = operations.get(random.nextInt(operations.size()));
        String path = drawn.path();
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : drawn.parameters()) {
            String name = parameter.path("name").asString("");
            if (parameter.path("in").asString("").equals("path")) {
                path = path.replace("{" + name + "}", encode(pathPart(name)));
            } else if (random.nextInt(3) > 0) {
                query.add(encode(name) + "="
                        + encode(parameterValue(
                                parameter.path("schema").path("type").asString(""))));
            }
        }
        String whole = query.isEmpty() ? path : path + "?" + String.join("&", query);
        return new Request(drawn.method(), whole, drawn.body().map(this::body).orElse(""));
    }

    /** Remembers ids that an answer shows. */
    public void learn(String answer) {
        Matcher ids = ID.matcher(answer.substring(0, Math.min(answer.length(), 20_000)));
        Set<String> found = new HashSet<>();
        while (ids.find()) {
            found.add(ids.group(1));
        }
        for (String id : found) {
            if (known.size() < KNOWN_MAX) {
                known.add(id);
            } else {
                known.set(random.nextInt(KNOWN_MAX), id);
            }
        }
    }

    /** What must not be in an answer: a fault that nobody expects, or the inside of the program. */
    public static Optional<String> complaint(Request request, int status, String answer) {
        boolean inside = request.path().startsWith("/v2/debug/pprof/");
        if (!inside && TRACE.matcher(answer).find()) {
            return Optional.of("the answer shows the inside of the program");
        }
        return status >= 500 && !isKnownFault(answer) ? Optional.of("status " + status) : Optional.empty();
    }

    private static boolean isKnownFault(String answer) {
        Matcher detail =
                Pattern.compile("\"detail\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(answer);
        boolean any = false;
        while (detail.find()) {
            String text =
                    detail.group(1).replace("\\u0026", "&").replace("\\n", "\n").replace("\\\"", "\"");
            any = true;
            if (KNOWN_FAULTS.stream().noneMatch(pattern -> pattern.matcher(text).matches())) {
                return false;
            }
        }
        return any;
    }

    private String pathPart(String name) {
        String drawn = name.equals("network") && random.nextBoolean() ? "evm" : text();
        return drawn.isEmpty() || drawn.length() > 200 ? "x" : drawn;
    }

    private String parameterValue(String type) {
        return random.nextInt(3) == 0
                ? text()
                : switch (type) {
                    case "integer" -> String.valueOf(random.nextInt(-2, 60));
                    case "boolean" -> String.valueOf(random.nextBoolean());
                    default -> text();
                };
    }

    private String text() {
        List<Supplier<String>> kinds = List.of(
                () -> "",
                () -> "1",
                () -> "1337",
                () -> String.valueOf(random.nextInt(-3, 40)),
                () -> String.valueOf(random.nextLong()),
                () -> "9".repeat(1 + random.nextInt(90)),
                () -> "true",
                () -> "evm",
                () -> "a" + random.nextInt(20),
                () -> "x@b.test",
                () -> "Sixteen-chars-pw9!",
                () -> "0x" + hex(40),
                () -> "0x" + hex(64),
                () -> hex(64),
                () -> "%s-%s-4%s-8%s-%s".formatted(hex(8), hex(4), hex(3), hex(3), hex(12)),
                () -> "http://127.0.0.1:9/" + random.nextInt(9),
                () -> "' OR 1=1; --",
                () -> "../../etc/passwd",
                () -> "<script>alert(1)</script>",
                () -> "ünï€😀",
                () -> "a\u0000b",
                () -> "\ud800",
                () -> "%2e%2e%00",
                () -> "x".repeat(LONG_TEXT),
                () -> "1e400",
                () -> "NaN");
        boolean again = !known.isEmpty() && random.nextInt(3) == 0;
        return again
                ? known.get(random.nextInt(known.size()))
                : kinds.get(random.nextInt(kinds.size())).get();
    }

    private String hex(int digits) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, digits).forEach(i -> text.append(Character.forDigit(random.nextInt(16), 16)));
        return text.toString();
    }

    private String body(JsonNode schema) {
        List<Supplier<String>> nonsense = List.of(
                () -> "",
                () -> "{",
                () -> "null",
                () -> "[]",
                () -> "\"text\"",
                () -> "{\"a\":",
                () -> "[".repeat(DEEP),
                () -> "{\"a\":".repeat(DEEP),
                () -> "{\"a\":1e999999}",
                () -> "\u0000\u0001\ufffe",
                () -> "x".repeat(LONG_TEXT * 8));
        if (random.nextInt(6) == 0) {
            return nonsense.get(random.nextInt(nonsense.size())).get();
        }
        return schema.has("properties") ? object(schema.get("properties")).toString() : keyFile();
    }

    private ObjectNode object(JsonNode properties) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        properties.properties().forEach(property -> {
            if (random.nextInt(6) > 0) {
                object.set(
                        property.getKey(),
                        value(
                                property.getKey(),
                                property.getValue().path("type").asString("")));
            }
        });
        return object;
    }

    private JsonNode value(String name, String type) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (random.nextInt(8) == 0) {
            return switch (random.nextInt(5)) {
                case 0 -> json.nullNode();
                case 1 -> json.numberNode(random.nextInt());
                case 2 -> json.booleanNode(true);
                case 3 -> array();
                default -> json.objectNode().put("a", text());
            };
        }
        return switch (type) {
            case "integer" -> json.numberNode(random.nextLong(-5, 5_000_000_000L));
            case "boolean" -> json.booleanNode(random.nextBoolean());
            case "object" -> json.objectNode().put(text(), text());
            default -> json.stringNode(name.equals("toml") ? spec() : text());
        };
    }

    private ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        IntStream.range(0, random.nextInt(4)).forEach(i -> array.add(text()));
        return array;
    }

    /** A job spec, often with something wrong in it. */
    private String spec() {
        List<String> types = List.of("cron", "webhook", "directrequest", "fluxmonitor", "vrf", "keeper", "nothing");
        String spec = """
                type = "%s"
                schemaVersion = 1
                name = "%s"
                schedule = "CRON_TZ=UTC 0 0 1 1 *"
                contractAddress = "0x%s"
                evmChainID = "%s"
                observationSource = \"""
                    ds [type=http method=GET url="%s"]
                    parse [type=jsonparse path="%s"]
                    ds -> parse
                \"""
                """.formatted(
                        types.get(random.nextInt(types.size())),
                        "fuzz-" + random.nextInt(50),
                        hex(40),
                        random.nextBoolean() ? "1337" : text(),
                        "http://127.0.0.1:9/",
                        "a");
        if (random.nextInt(3) > 0) {
            return spec;
        }
        int cut = random.nextInt(spec.length());
        return spec.substring(0, cut) + text() + (random.nextBoolean() ? spec.substring(cut) : "");
    }

    private String keyFile() {
        return """
                {"keyType":"%s","publicKey":"%s","crypto":{"cipher":"%s","ciphertext":"%s","cipherparams":{"iv":"%s"},
                "kdf":"scrypt","kdfparams":{"dklen":%d,"n":%d,"p":1,"r":8,"salt":"%s"},
                "mac":"%s"},"version":3}""".formatted(
                        List.of("CSA", "OCR", "OCR2", "P2P", "").get(random.nextInt(5)),
                        hex(64),
                        random.nextInt(4) == 0 ? "x" : "aes-128-ctr",
                        hex(random.nextInt(90)),
                        hex(32),
                        random.nextInt(64),
                        1 << random.nextInt(20),
                        hex(64),
                        hex(64));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
