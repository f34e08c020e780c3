package io.carabiner.config;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.tomlj.Toml;

/**
 * What values a key takes.
 *
 * @param name for the documentation
 * @param goType the Go node's name for it, for its messages
 * @param javaType the class of its values
 * @param parser from what TOML holds to a value
 * @param printer from a value to TOML
 * @param unset what is printed where there is no value
 */
record KeyType(
        String name, String goType, Class<?> javaType, Parser parser, Function<Object, String> printer, String unset) {

    /** Reads a value from what the TOML parser gives: a String, Long, Double, Boolean, array or table. */
    @FunctionalInterface
    interface Parser {
        Object parse(Object toml) throws BadValueException;
    }

    /** Reads a value from its text. */
    @FunctionalInterface
    interface TextParser {
        Object parse(String text) throws BadValueException;
    }

    /** A type whose values are written as text, or as a number where a number is meant. */
    static KeyType text(String name, Class<?> javaType, TextParser parser, Function<Object, String> printer) {
        return new KeyType(
                name,
                name,
                javaType,
                toml -> parser.parse(textOf(toml)),
                value -> TomlPrinter.quote(printer.apply(value)),
                "''");
    }

    private static String textOf(Object toml) throws BadValueException {
        return switch (toml) {
            case String text -> text;
            case Long number -> number.toString();
            case Double number -> Double.toString(number);
            default -> throw new BadValueException("expected a text, got a TOML " + kindOf(toml));
        };
    }

    /** What TOML calls a value of this kind. */
    static String kindOf(Object toml) {
        return switch (toml) {
            case String _ -> "string";
            case Long _ -> "integer";
            case Double _ -> "float";
            case Boolean _ -> "boolean";
            case org.tomlj.TomlArray _ -> "array";
            case org.tomlj.TomlTable _ -> "table";
            default -> "date";
        };
    }

    /** A default from the tables; a default that cannot be read is a programming error. */
    Object parseDeclared(String path, String text) {
        try {
            return parser.parse(declared(text));
        } catch (BadValueException e) {
            throw new IllegalStateException("the default of " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Object declared(String text) {
        if (javaType == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (javaType == Long.class || javaType == Integer.class) {
            return Long.valueOf(text);
        }
        if (javaType == List.class) {
            return Objects.requireNonNull(Toml.parse("list = " + text).getArray("list"));
        }
        return javaType == Double.class ? (Object) Double.valueOf(text) : text;
    }
}
