package io.carabiner.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Describes commands that need no running node, with picocli's builders. Stateless. */
final class CommandSpecs {

    private CommandSpecs() {}

    static CommandSpec group(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        return spec;
    }

    /** A command whose action answers the exit code. */
    static CommandSpec command(
            String name, String description, ToIntFunction<ParseResult> action, OptionSpec... options) {
        List<CommandSpec> self = new ArrayList<>();
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Callable<Integer>)
                        () -> action.applyAsInt(self.getFirst().commandLine().getParseResult()))
                .name(name);
        self.add(spec);
        spec.usageMessage().description(description);
        for (OptionSpec option : options) {
            spec.addOption(option);
        }
        return spec;
    }

    /** The command with arguments behind its flags; it checks their number itself. */
    static CommandSpec withArguments(CommandSpec spec, String label, String description) {
        return spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .description(description)
                .build());
    }

    static List<String> arguments(ParseResult parsed) {
        return parsed.matchedPositionalValue(0, List.of());
    }

    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    static OptionSpec text(String label, String description, String... names) {
        return textBuilder(label, description, names).build();
    }

    static OptionSpec required(String label, String description, String... names) {
        return textBuilder(label, description, names).required(true).build();
    }

    private static OptionSpec.Builder textBuilder(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description);
    }

    static OptionSpec files(String description, String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel("FILE")
                .description(description)
                .build();
    }
}
