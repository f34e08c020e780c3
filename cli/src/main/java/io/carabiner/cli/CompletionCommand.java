package io.carabiner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code completion}: a script that lets a shell complete commands and flags. */
final class CompletionCommand {

    private CompletionCommand() {}

    static Verb verb(Context context) {
        return Verb.of(
                        "completion",
                        "Print a script that completes commands in a shell",
                        context,
                        CompletionCommand::run)
                .arguments("SHELL", "bash, zsh or fish")
                .example(
                        "carabiner completion bash > ~/.local/share/bash-completion/completions/carabiner",
                        "carabiner completion zsh >> ~/.zshrc",
                        "carabiner completion fish > ~/.config/fish/completions/carabiner.fish");
    }

    private static void run(Invocation call) {
        String shell = call.argument("Must pass the shell: bash, zsh or fish");
        CommandLine root = call.root();
        switch (shell) {
            case "bash", "zsh" -> call.out().println(AutoComplete.bash(root.getCommandName(), root));
            case "fish" -> call.out().print(fish(root));
            default -> throw CliException.failed("unknown shell " + shell + ": it can be bash, zsh or fish");
        }
    }

    /** One line for each command and flag, with the words that must stand before it. */
    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c " + root.getCommandName() + " -f\n");
        addTo(script, root, new ArrayList<>());
        return script.toString();
    }

    private static void addTo(StringBuilder script, CommandLine command, List<String> path) {
        String front = "complete -c " + program(command) + " -n '" + condition(command, path) + "'";
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                script.append(front)
                        .append(flags(option))
                        .append(description(option.description()))
                        .append('\n');
            }
        }
        for (Map.Entry<String, CommandLine> entry : command.getSubcommands().entrySet()) {
            CommandSpec spec = entry.getValue().getCommandSpec();
            if (spec.usageMessage().hidden() || !entry.getKey().equals(spec.name())) {
                continue;
            }
            script.append(front)
                    .append(" -a ")
                    .append(spec.name())
                    .append(description(spec.usageMessage().description()))
                    .append('\n');
            List<String> below = new ArrayList<>(path);
            below.add(spec.name());
            addTo(script, entry.getValue(), below);
        }
    }

    private static String program(CommandLine command) {
        CommandLine top = command;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return top.getCommandName();
    }

    /** All words of the path were typed, and none of those that may follow. */
    private static String condition(CommandLine command, List<String> path) {
        List<String> terms = new ArrayList<>();
        path.forEach(word -> terms.add("__fish_seen_subcommand_from " + word));
        if (!command.getSubcommands().isEmpty()) {
            terms.add("not __fish_seen_subcommand_from "
                    + String.join(" ", command.getSubcommands().keySet()));
        }
        return terms.isEmpty() ? "true" : String.join("; and ", terms);
    }

    private static String flags(OptionSpec option) {
        StringBuilder flags = new StringBuilder();
        for (String name : option.names()) {
            flags.append(name.startsWith("--") ? " -l " : name.length() == 2 ? " -s " : " -o ")
                    .append(name.replaceFirst("^-+", ""));
        }
        return option.arity().max() > 0 ? flags.append(" -r").toString() : flags.toString();
    }

    private static String description(String[] lines) {
        return lines.length == 0 ? "" : " -d '" + String.join(" ", lines).replace("'", "\\'") + "'";
    }
}
