package io.carabiner.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** One run of a command: what was typed, and what it may use. */
final class Invocation {

    private final Context context;
    private final ParseResult parsed;

    Invocation(Context context, ParseResult parsed) {
        this.context = context;
        this.parsed = parsed;
    }

    Surroundings surroundings() {
        return context.surroundings();
    }

    PrintStream out() {
        return context.surroundings().out();
    }

    boolean json() {
        return context.globals().json();
    }

    BuildInfo build() {
        return context.build();
    }

    /** The whole program. */
    CommandLine root() {
        CommandLine command = parsed.commandSpec().commandLine();
        while (command.getParent() != null) {
            command = command.getParent();
        }
        return command;
    }

    /** The node; the connection is made when something is first asked of it. */
    NodeClient node() {
        return context.node();
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(parsed.matchedOptionValue(name, (String) null))
                .filter(text -> !text.isEmpty());
    }

    Optional<Long> number(String name) {
        return Optional.ofNullable(parsed.matchedOptionValue(name, (Long) null));
    }

    boolean flag(String name) {
        return parsed.hasMatchedOption(name);
    }

    List<String> arguments() {
        List<String> empty = List.of();
        return parsed.matchedPositionals().isEmpty() ? empty : parsed.matchedPositionalValue(0, empty);
    }

    /**
     * The first argument.
     *
     * @throws CliException with this complaint if there is none
     */
    String argument(String complaint) {
        if (arguments().isEmpty()) {
            throw CliException.failed(complaint);
        }
        return arguments().getFirst();
    }
}
