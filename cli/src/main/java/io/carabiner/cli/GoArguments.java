package io.carabiner.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads a command line by the rules of Go's flags and puts it into the one form that picocli cannot misread.
 *
 * <p>One dash or two make no difference; a value follows its flag as the next word, whatever that looks like, or after
 * {@code =}; a switch takes {@code =true} or {@code =false}; the flags of a group stand before its verb, those of a
 * verb before or after its arguments; {@code --} ends them. Every value is given to picocli as {@code --flag=value},
 * and the arguments behind {@code --}.
 */
final class GoArguments {

    /** Asked for help on a command. */
    record Help(CommandLine command) implements Reading {}

    /** Asked for the version. */
    record Version() implements Reading {}

    /** A command to run, as words for picocli. */
    record Command(List<String> words) implements Reading {}

    /** What a command line asks for. */
    sealed interface Reading permits Help, Version, Command {}

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private final Deque<String> rest;
    private final List<String> words = new ArrayList<>();
    private CommandLine command;

    private GoArguments(CommandLine root, String... arguments) {
        this.command = root;
        this.rest = new ArrayDeque<>(Arrays.asList(arguments));
    }

    /**
     * Reads a command line.
     *
     * @throws UsageException if a flag is unknown, incomplete or missing
     * @throws CliException if a word names no command
     */
    static Reading read(CommandLine root, String... arguments) {
        return new GoArguments(root, arguments).read();
    }

    private Reading read() {
        while (true) {
            Set<OptionSpec> given = new HashSet<>();
            Optional<Reading> answer = isGroup() ? readGroup(given) : readVerb(given);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    private boolean isGroup() {
        return !command.getSubcommands().isEmpty();
    }

    /** The flags of a group, then the word that names what is in it; nothing when it has gone down into that. */
    private Optional<Reading> readGroup(Set<OptionSpec> given) {
        while (!rest.isEmpty() && isFlag(rest.peek())) {
            Optional<Reading> asked = readFlag(given);
            if (asked.isPresent()) {
                return asked;
            }
        }
        requireAll(given);
        if (rest.isEmpty()) {
            return Optional.of(new Help(command));
        }
        return descend(rest.pop());
    }

    private Optional<Reading> descend(String word) {
        if (word.equals("help") || word.equals("h")) {
            return Optional.of(new Help(rest.isEmpty() ? command : find(rest.pop())));
        }
        command = find(word);
        words.add(word);
        return Optional.empty();
    }

    private CommandLine find(String word) {
        CommandLine found = command.getSubcommands().get(word);
        if (found == null) {
            throw CliException.unknownCommand(word);
        }
        return found;
    }

    private Optional<Reading> readVerb(Set<OptionSpec> given) {
        List<String> positional = new ArrayList<>();
        while (!rest.isEmpty()) {
            if (rest.peek().equals("--")) {
                rest.pop();
                positional.addAll(rest);
                rest.clear();
            } else if (isFlag(rest.peek())) {
                Optional<Reading> asked = readFlag(given);
                if (asked.isPresent()) {
                    return asked;
                }
            } else {
                positional.add(rest.pop());
            }
        }
        requireAll(given);
        if (!command.getCommandSpec().positionalParameters().isEmpty()) {
            words.add("--");
            words.addAll(positional); // for others they mean nothing, which is no fault in Go
        }
        return Optional.of(new Command(List.copyOf(words)));
    }

    private static boolean isFlag(String word) {
        return word.length() > 1 && word.charAt(0) == '-' && !word.equals("--");
    }

    private Optional<Reading> readFlag(Set<OptionSpec> given) {
        String word = rest.pop();
        String body = word.substring(word.startsWith("--") ? 2 : 1);
        int equals = body.indexOf('=');
        String name = equals < 0 ? body : body.substring(0, equals);
        Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(body.substring(equals + 1));
        Optional<OptionSpec> option = option(name);
        if (option.isEmpty()) {
            return askedOrUnknown(name);
        }
        given.add(option.get());
        if (isSwitch(option.get())) {
            readSwitch(option.get(), name, value);
        } else {
            readValue(option.get(), name, value);
        }
        return Optional.empty();
    }

    private Optional<Reading> askedOrUnknown(String name) {
        if (name.equals("help") || name.equals("h")) {
            return Optional.of(new Help(command));
        }
        if (command.getParent() == null && (name.equals("version") || name.equals("v"))) {
            return Optional.of(new Version());
        }
        throw UsageException.malformed(command, "flag provided but not defined: -" + name);
    }

    private Optional<OptionSpec> option(String name) {
        CommandSpec spec = command.getCommandSpec();
        OptionSpec option = spec.findOption((name.length() == 1 ? "-" : "--") + name);
        return Optional.ofNullable(option == null ? spec.findOption("-" + name) : option);
    }

    private static boolean isSwitch(OptionSpec option) {
        return option.arity().max() == 0;
    }

    private void readSwitch(OptionSpec option, String name, Optional<String> value) {
        if (value.isEmpty() || TRUE.contains(value.get())) {
            words.add(option.longestName());
        } else if (!FALSE.contains(value.get())) {
            throw UsageException.malformed(
                    command, "invalid boolean value \"" + value.get() + "\" for -" + name + ": parse error");
        }
    }

    private void readValue(OptionSpec option, String name, Optional<String> value) {
        if (value.isEmpty() && rest.isEmpty()) {
            throw UsageException.malformed(command, "flag needs an argument: -" + name);
        }
        String text = value.orElseGet(rest::pop);
        if (isInteger(option) && !text.matches("[+-]?[0-9]{1,18}")) {
            throw UsageException.malformed(
                    command, "invalid value \"" + text + "\" for flag -" + name + ": parse error");
        }
        words.add(option.longestName() + "=" + text);
    }

    private static boolean isInteger(OptionSpec option) {
        Class<?> type = option.type();
        return type == long.class || type == int.class || type == Long.class || type == Integer.class;
    }

    private void requireAll(Set<OptionSpec> given) {
        List<String> missing = command.getCommandSpec().options().stream()
                .filter(option -> option.required() && !given.contains(option))
                .map(GoArguments::shownName)
                .toList();
        if (missing.size() == 1) {
            throw UsageException.incomplete(command, "Required flag \"" + missing.getFirst() + "\" not set");
        }
        if (!missing.isEmpty()) {
            throw UsageException.incomplete(command, "Required flags \"" + String.join(", ", missing) + "\" not set");
        }
    }

    /** The Go node names a flag by its last spelling. */
    private static String shownName(OptionSpec option) {
        String[] names = option.names();
        return names[names.length - 1].replaceFirst("^-+", "");
    }
}
