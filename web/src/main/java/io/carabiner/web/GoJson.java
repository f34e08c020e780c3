package io.carabiner.web;

import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** JSON with the habits of Go's encoder: fields in declared order, HTML characters escaped, times as RFC 3339. */
final class GoJson {

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().characterEscapes(new HtmlSafe()).build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addModule(new SimpleModule().addSerializer(Instant.class, new Rfc3339()))
            .build();

    private GoJson() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static JsonMapper mapper() {
        return MAPPER;
    }

    /** {@code < > &} and the two Unicode line separators are written as escapes. */
    private static final class HtmlSafe extends CharacterEscapes {

        private static final long serialVersionUID = 1L;
        private static final int[] ASCII = ascii();

        private static int[] ascii() {
            int[] escapes = CharacterEscapes.standardAsciiEscapesForJSON();
            for (char character : new char[] {'<', '>', '&'}) {
                escapes[character] = CharacterEscapes.ESCAPE_CUSTOM;
            }
            return escapes;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ASCII.clone();
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return new SerializedString("\\u%04x".formatted(character));
        }
    }

    private static final class Rfc3339 extends ValueSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            out.writeString(GoFormats.time(value));
        }
    }
}
