package io.carabiner.jobs.webhook;

import io.carabiner.jobs.SpecReader;
import io.carabiner.jobs.webhook.WebhookSpec.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the initiators that a webhook job names. Pure. */
final class WebhookSpecReader {

    private static final String KEY = "externalInitiators";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SpecReader fields;

    WebhookSpecReader(SpecReader fields) {
        this.fields = fields;
    }

    List<Named> initiators() {
        List<Named> initiators = new ArrayList<>();
        for (Map<String, Object> item : fields.tables(KEY, "[]webhook.TOMLWebhookSpecExternalInitiator")) {
            Object name = item.getOrDefault("name", "");
            Object params = item.get("spec");
            if (params == null) {
                fields.refuse(KEY, name + " has no spec: write spec = \"{}\" if it needs to be told nothing");
            } else {
                initiators.add(
                        new Named(String.valueOf(name).toLowerCase(Locale.ROOT), compact(String.valueOf(params))));
            }
        }
        return initiators;
    }

    private String compact(String json) {
        try {
            return JSON.readTree(json).toString();
        } catch (JacksonException e) {
            fields.refuse(KEY, "unmarshal toml: the spec is not JSON: " + e.getOriginalMessage());
            return "null";
        }
    }
}
