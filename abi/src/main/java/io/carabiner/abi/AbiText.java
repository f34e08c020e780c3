package io.carabiner.abi;

import io.carabiner.values.TaskFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one-line form of a function or an event in an attribute, read with the Go node's rules and messages.
 *
 * @param name empty if none is written
 */
public record AbiText(String name, List<Argument> arguments) {

    /** A value to encode or decode; only an event's may be indexed. */
    public record Argument(String name, AbiType type, boolean indexed) {}

    private static final Pattern FORM =
            Pattern.compile("\\A\\s*([a-zA-Z0-9_]+)?\\s*\\(\\s*([a-zA-Z0-9\\[\\]_\\s,]+\\s*)?\\)\\z");
    private static final String INDEXED = "indexed";
    private static final String BAD = "bad ABI specification";

    /** {@code name(type name, …)}. */
    public static AbiText parse(String text, boolean event) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw TaskFailure.badInput(BAD + ": " + text);
        }
        String name = form.group(1) == null ? "" : form.group(1);
        String list = form.group(2) == null ? "" : form.group(2);
        return new AbiText(name, list.isBlank() ? List.of() : arguments(list, event));
    }

    /** {@code type name, …}. */
    public static List<Argument> arguments(String list, boolean event) {
        List<Argument> arguments = new ArrayList<>();
        for (String written : list.split(",", -1)) {
            String text = written.replace("calldata", "")
                    .replace("memory", "")
                    .replace("storage", "")
                    .strip();
            List<String> words = Arrays.stream(text.split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
            arguments.add(argument(list, words, event));
        }
        return arguments;
    }

    private static Argument argument(String list, List<String> words, boolean event) {
        return switch (words.size()) {
            case 0 -> throw TaskFailure.badInput(BAD + ", empty argument: " + list);
            case 1 -> throw TaskFailure.badInput(BAD + ", missing argument name: " + list);
            case 2 -> plain(list, words, event);
            case 3 -> indexed(list, words, event);
            default -> throw TaskFailure.badInput(BAD + ", too many components in argument: " + list);
        };
    }

    private static Argument plain(String list, List<String> words, boolean event) {
        if (event && words.get(1).equals(INDEXED)) {
            throw TaskFailure.badInput(BAD + ", missing argument name: " + list);
        }
        return new Argument(words.get(1), type(words.getFirst()), false);
    }

    private static Argument indexed(String list, List<String> words, boolean event) {
        if (!event) {
            throw TaskFailure.badInput(BAD + ", too many components in argument: " + list);
        }
        if (words.getFirst().equals(INDEXED) || words.get(2).equals(INDEXED)) {
            throw TaskFailure.badInput(BAD + ", 'indexed' keyword must appear between argument type and name: " + list);
        }
        if (!words.get(1).equals(INDEXED)) {
            throw TaskFailure.badInput(
                    BAD + ", unknown keyword '" + words.get(1) + "' between argument type and name: " + list);
        }
        return new Argument(words.get(2), type(words.getFirst()), true);
    }

    private static AbiType type(String text) {
        try {
            return AbiType.parse(text);
        } catch (TaskFailure e) {
            throw TaskFailure.badInput(BAD + ": " + e.text());
        }
    }
}
