package io.carabiner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Describes one command: its name, flags, help and what it does. Commands are described with picocli's builders instead
 * of annotations, so that a command line starts without reflection.
 */
final class Verb {

    /** What a command does. */
    @FunctionalInterface
    interface Action {

        /** Does it; a failure is thrown as a {@link CliException}. */
        void run(Invocation invocation);
    }

    private final CommandSpec spec;

    private Verb(CommandSpec spec) {
        this.spec = spec;
    }

    /** A group of commands. */
    static CommandSpec group(String name, String description, Verb... verbs) {
        CommandSpec spec = bare(name, description);
        for (Verb verb : verbs) {
            spec.addSubcommand(verb.spec.name(), verb.spec);
        }
        return spec;
    }

    /** A command. */
    static Verb of(String name, String description, Context context, Action action) {
        List<CommandSpec> self = new ArrayList<>();
        Callable<Integer> body = () -> {
            CommandLine.ParseResult parsed = self.getFirst().commandLine().getParseResult();
            action.run(new Invocation(context, parsed));
            return 0;
        };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(body).name(name);
        self.add(spec);
        spec.usageMessage().description(description);
        return new Verb(spec);
    }

    private static CommandSpec bare(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        return spec;
    }

    /** A flag without a value. */
    Verb flag(String description, String... names) {
        spec.addOption(OptionSpec.builder(dashed(names))
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build());
        return this;
    }

    /** A flag with a text. */
    Verb option(String label, String description, String... names) {
        spec.addOption(text(label, description, names).build());
        return this;
    }

    /** A flag with a text that must be there. */
    Verb required(String label, String description, String... names) {
        spec.addOption(text(label, description, names).required(true).build());
        return this;
    }

    /** A flag with a whole number. */
    Verb number(String description, String... names) {
        spec.addOption(wholeNumber(description, names).build());
        return this;
    }

    /** A flag with a whole number that must be there. */
    Verb requiredNumber(String description, String... names) {
        spec.addOption(wholeNumber(description, names).required(true).build());
        return this;
    }

    private static OptionSpec.Builder wholeNumber(String description, String... names) {
        return OptionSpec.builder(dashed(names))
                .type(long.class)
                .arity("1")
                .paramLabel("N")
                .description(description);
    }

    private static OptionSpec.Builder text(String label, String description, String... names) {
        return OptionSpec.builder(dashed(names))
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description);
    }

    private static String[] dashed(String... names) {
        String[] result = names.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = (result[i].length() == 1 ? "-" : "--") + result[i];
        }
        return result;
    }

    /** What the command takes besides flags; it checks the number itself, as the Go node does. */
    Verb arguments(String label, String description) {
        spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .description(description)
                .build());
        return this;
    }

    /** An example for the help. */
    Verb example(String... lines) {
        List<String> footer = new ArrayList<>(List.of("", "For example:"));
        for (String line : lines) {
            footer.add("  " + line.replace("%", "%%"));
        }
        spec.usageMessage().footer(footer.toArray(String[]::new));
        return this;
    }

    CommandSpec spec() {
        return spec;
    }
}
