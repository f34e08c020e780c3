package io.carabiner.graphql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of an answer. Immutable.
 *
 * @param type its name in the schema
 * @param fields texts, numbers, truth values, instants, maps, {@link Shape}s, lists and Optionals of these; a
 *     {@link Field} is computed only when it is asked for, a {@link Batched} together with its likes. What is absent is
 *     null.
 */
public record Shape(String type, Map<String, @Nullable Object> fields) {

    /** A field that depends on its arguments, or costs something. */
    @FunctionalInterface
    public interface Field {

        /** As the values of {@link #fields}. */
        @Nullable
        Object value(Arguments arguments);
    }

    /** Copies the map. */
    public Shape {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** An object without fields. */
    public static Shape of(String type) {
        return new Shape(type, Map.of());
    }

    /** An object with these fields. */
    public static Shape of(String type, Map<String, @Nullable Object> fields) {
        return new Shape(type, fields);
    }

    /** The same with one field more. */
    public Shape with(String field, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Shape(type, more);
    }
}
