package io.carabiner.migrate;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finds the jobs in a file. Stateless. */
public final class V1Document {

    /** The largest file that is read, in characters: thousands of jobs. */
    public static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    /** How deep values may be nested in each other. */
    static final int MAX_DEPTH = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private V1Document() {}

    /** The jobs of a file, at least one. */
    static List<Located> jobs(String json) {
        List<Located> jobs = new ArrayList<>();
        collect(new Located("$", read(json)), jobs);
        if (jobs.isEmpty()) {
            throw new ConversionException("the file holds no version 1 job: a job has \"initiators\" and \"tasks\"");
        }
        return jobs;
    }

    private static JsonNode read(String json) {
        if (json.length() > MAX_CHARACTERS) {
            throw new ConversionException("the file is larger than " + MAX_CHARACTERS + " characters: split it");
        }
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new ConversionException("the file is not JSON (line " + line + "): " + e.getOriginalMessage());
        }
    }

    /** A job, a list, or the API's wrapping {@code data.attributes} around either. */
    private static void collect(Located value, List<Located> jobs) {
        if (value.node().has("initiators") || value.node().has("tasks")) {
            jobs.add(value);
        } else if (value.node().isArray()) {
            for (int i = 0; i < value.node().size(); i++) {
                collect(value.item(i), jobs);
            }
        } else if (value.node().has("data")) {
            collect(value.child("data"), jobs);
        } else if (value.node().has("attributes")) {
            keepId(value);
            collect(value.child("attributes"), jobs);
        }
    }

    /** The API writes the id beside the attributes. */
    private static void keepId(Located value) {
        if (value.node().path("attributes") instanceof ObjectNode attributes && !attributes.has("id")) {
            value.text("id").ifPresent(id -> attributes.put("id", id));
        }
    }
}
