package io.carabiner.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the typed records from sections. A component is bound to the one key or section whose name it has, without
 * regard to case: {@code httpPort} to {@code HTTPPort}.
 */
final class Binder {

    private Binder() {}

    /**
     * The record for a section.
     *
     * @throws IllegalArgumentException if a value cannot be what the component holds
     */
    static <R extends Record> R bind(Class<R> type, Section section) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = component(components[i], section);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("the section for " + type.getSimpleName() + " cannot be used", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no constructor for " + type.getSimpleName(), e);
        }
    }

    private static Object component(RecordComponent component, Section section) {
        return switch (item(component, section.schema())) {
            case Schema.KeyItem(ConfigKey key) -> value(component, key, section);
            case Schema.TableItem(String name, Schema.Table table) -> table(component, name, table, section);
            case Schema.ListItem list -> {
                Class<? extends Record> entry = record(argument(component.getGenericType(), 0));
                var entries = new ArrayList<Record>();
                section.list(list.name()).forEach(each -> entries.add(bind(entry, each)));
                yield List.copyOf(entries);
            }
        };
    }

    /** What a component is bound to. */
    static Schema.Item item(RecordComponent component, Schema.Table schema) {
        return schema.find(component.getName())
                .orElseThrow(() ->
                        new IllegalStateException(component.getDeclaringRecord().getSimpleName() + "."
                                + component.getName() + " is bound to no key of " + schema.path()));
    }

    private static Object table(RecordComponent component, String name, Schema.Table table, Section section) {
        Section child = section.sections().getOrDefault(name, new Section(table, Optional.empty()));
        if (component.getType() != Map.class) {
            return bind(record(component.getType()), child);
        }
        Class<? extends Record> entry = record(argument(component.getGenericType(), 1));
        var entries = new LinkedHashMap<String, Record>();
        child.sections().forEach((key, value) -> entries.put(key, bind(entry, value)));
        return Map.copyOf(entries);
    }

    private static Object value(RecordComponent component, ConfigKey key, Section section) {
        Optional<Object> value = section.value(key.name(), Object.class)
                .filter(set -> !isEmpty(set))
                .or(key::defaultValue);
        if (component.getType() == Optional.class) {
            Class<?> held = raw(argument(component.getGenericType(), 0));
            return value.map(set -> converted(held, set, key));
        }
        return converted(
                component.getType(),
                value.orElseThrow(() -> new IllegalArgumentException(key.shownPath() + " is not set")),
                key);
    }

    /** An empty text is the Go node's way to say "not set". */
    private static boolean isEmpty(Object value) {
        return value.toString().isEmpty();
    }

    private static Object converted(Class<?> wanted, Object value, ConfigKey key) {
        if (value instanceof Long number && (wanted == int.class || wanted == Integer.class)) {
            return narrowed(number, key);
        }
        if (wanted == ChainType.class) {
            return ChainType.named(value.toString())
                    .orElseThrow(() -> new IllegalArgumentException(key.shownPath() + " cannot be " + value));
        }
        return value;
    }

    private static Integer narrowed(long number, ConfigKey key) {
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(key.shownPath() + " cannot be " + number);
        }
        return (int) number;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private static Class<? extends Record> record(Type type) {
        return ((Class<?>) type).asSubclass(Record.class);
    }
}
