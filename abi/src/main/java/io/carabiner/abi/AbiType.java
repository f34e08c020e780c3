package io.carabiner.abi;

import io.carabiner.values.TaskFailure;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A type of the Ethereum ABI. */
public sealed interface AbiType {

    /** The length of one word. */
    int WORD = 32;

    /** How deep lists may be nested in a type. */
    int NESTING_MAX = 16;

    /** A whole number of so many bits. */
    record Int(int bits, boolean signed) implements AbiType {}

    /** True or false. */
    record Bool() implements AbiType {}

    /** An address. */
    record Account() implements AbiType {}

    /** Text. */
    record Text() implements AbiType {}

    /** Bytes of any length. */
    record ByteString() implements AbiType {}

    /** Exactly so many bytes, 1 to 32. */
    record FixedBytes(int size) implements AbiType {}

    /** A list; of exactly so many elements, if a size is given. */
    record Array(AbiType element, OptionalInt size) implements AbiType {}

    /** Several values under names. */
    record Tuple(List<Component> components) implements AbiType {}

    /** One value of a tuple. */
    record Component(String name, AbiType type) {}

    Pattern NAME = Pattern.compile("([a-zA-Z]+)([0-9]*)");

    /**
     * Reads the name of a type that is no tuple.
     *
     * @throws TaskFailure if there is no such type
     */
    static AbiType parse(String text) {
        return parse(text, List.of());
    }

    /** Reads the name of a type; the components are those of the tuple in it. */
    static AbiType parse(String text, List<Component> components) {
        int bracket = text.lastIndexOf('[');
        if (bracket >= 0) {
            Matcher suffix = Pattern.compile("\\[([0-9]{0,6})]").matcher(text.substring(bracket));
            if (!suffix.matches()
                    || text.chars().filter(character -> character == '[').count() > NESTING_MAX) {
                throw new TaskFailure("invalid formatting of array type");
            }
            String size = suffix.group(1);
            return new Array(
                    parse(text.substring(0, bracket), components),
                    size.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(size)));
        }
        Matcher name = NAME.matcher(text);
        if (!name.find()) {
            throw new TaskFailure("invalid type '" + text + "'");
        }
        return plain(text, name.group(1), name.group(2), components);
    }

    private static AbiType plain(String text, String name, String digits, List<Component> components) {
        int size = digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
        return switch (name) {
            case "uint", "int" -> number(text, size, name.equals("int"));
            case "bool" -> new Bool();
            case "address" -> new Account();
            case "string" -> new Text();
            case "bytes" -> digits.isEmpty() ? new ByteString() : fixedBytes(text, size);
            case "tuple" -> new Tuple(components);
            default -> throw new TaskFailure("unsupported arg type: " + text);
        };
    }

    private static AbiType number(String text, int bits, boolean signed) {
        if (bits < 1 || bits > 256) {
            throw new TaskFailure("unsupported arg type: " + text);
        }
        return new Int(bits, signed);
    }

    private static AbiType fixedBytes(String text, int size) {
        if (size < 1 || size > WORD) {
            throw new TaskFailure("unsupported arg type: " + text);
        }
        return new FixedBytes(size);
    }

    /** The name in signatures. */
    default String canonical() {
        return switch (this) {
            case Int(int bits, boolean signed) -> (signed ? "int" : "uint") + bits;
            case Bool() -> "bool";
            case Account() -> "address";
            case Text() -> "string";
            case ByteString() -> "bytes";
            case FixedBytes(int size) -> "bytes" + size;
            case Array(AbiType element, OptionalInt size) ->
                element.canonical() + (size.isPresent() ? "[" + size.getAsInt() + "]" : "[]");
            case Tuple(List<Component> components) ->
                components.stream()
                        .map(component -> component.type().canonical())
                        .collect(Collectors.joining(",", "(", ")"));
        };
    }

    /** The Go type of a decoded value. */
    default String goType() {
        return switch (this) {
            case Int(int bits, boolean signed) -> isNative(bits) ? (signed ? "int" : "uint") + bits : "*big.Int";
            case Bool() -> "bool";
            case Account() -> "common.Address";
            case Text() -> "string";
            case ByteString() -> "[]uint8";
            case FixedBytes(int size) -> "[" + size + "]uint8";
            case Array(AbiType element, OptionalInt size) ->
                (size.isPresent() ? "[" + size.getAsInt() + "]" : "[]") + element.goType();
            case Tuple ignored -> "struct";
        };
    }

    /** Whether Go has a whole number of exactly this width. */
    static boolean isNative(int bits) {
        return bits == 8 || bits == 16 || bits == 32 || bits == 64;
    }

    /** Whether the place of a value holds only the way to it. */
    default boolean isDynamic() {
        return switch (this) {
            case Text() -> true;
            case ByteString() -> true;
            case Array(AbiType element, OptionalInt size) -> size.isEmpty() || element.isDynamic();
            case Tuple(List<Component> components) ->
                components.stream().anyMatch(component -> component.type().isDynamic());
            case Int ignored -> false;
            case Bool ignored -> false;
            case Account ignored -> false;
            case FixedBytes ignored -> false;
        };
    }

    /** How many bytes a value takes in its place. */
    default long headSize() {
        if (isDynamic()) {
            return WORD;
        }
        return switch (this) {
            case Array(AbiType element, OptionalInt size) -> element.headSize() * size.orElse(0);
            case Tuple(List<Component> components) ->
                components.stream()
                        .mapToLong(component -> component.type().headSize())
                        .sum();
            default -> WORD;
        };
    }
}
