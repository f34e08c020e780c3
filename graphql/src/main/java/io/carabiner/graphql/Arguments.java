package io.carabiner.graphql;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The arguments of a field, checked against the schema. Immutable. */
public final class Arguments {

    private final Map<String, ?> values;

    Arguments(Map<String, ?> values) {
        this.values = values;
    }

    /** A text, an id or the name of an enum's constant, where the schema demands one. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> new IllegalArgumentException("the schema has no " + name + "!"));
    }

    /** As {@link #text}, where it may be absent or null. */
    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    /** A number, where it may be absent or null. */
    public OptionalInt optionalNumber(String name) {
        return values.get(name) instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** A truth value; false where it is absent. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** The argument {@code input}, an object. */
    @SuppressWarnings("unchecked")
    public Arguments input() {
        return values.get("input") instanceof Map<?, ?> fields
                ? new Arguments((Map<String, ?>) fields)
                : new Arguments(Map.of());
    }
}
