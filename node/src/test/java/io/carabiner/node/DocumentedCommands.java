package io.carabiner.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command lines of the program that a Markdown text shows, and what is wrong with them. */
final class DocumentedCommands {

    /** A line of an indented or a fenced block: what is typed ends at a remark behind two spaces or a number sign. */
    private static final Pattern LINE =
            Pattern.compile("^(?: {4})?(?:\\$ )?(?:\\./)?carabiner (\\S.*?)(?: {2,}.*| #.*| \\\\)?$");

    private static final Pattern PLACEHOLDER = Pattern.compile("[\\[\\]]|\\.{3}|…");

    private DocumentedCommands() {}

    /** What is typed behind the program's name, in the order of the text. */
    static List<String> in(String markdown) {
        List<String> found = new ArrayList<>();
        boolean fenced = false;
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("```")) {
                fenced = !fenced;
            } else if (fenced || line.startsWith("    ")) {
                LINE.matcher(line).results().forEach(match -> found.add(match.group(1)));
            }
        }
        return found;
    }

    /** One sentence for each word of a command line that the program does not know; none if it knows all. */
    static List<String> faults(CommandLine program, String typed) {
        List<String> faults = new ArrayList<>();
        CommandLine command = program;
        boolean value = false;
        for (String word : PLACEHOLDER
                .matcher(typed)
                .replaceAll("")
                .split("[|<>&;]", 2)[0]
                .strip()
                .split(" +", -1)) {
            if (value) {
                value = false;
            } else if (word.startsWith("-")) {
                OptionSpec option = option(command, word.split("=", 2)[0]);
                if (option == null && !isHelp(word)) {
                    faults.add("`%s`: %s has no flag %s".formatted(typed, command.getCommandName(), word));
                }
                value = option != null && option.arity().min() > 0 && !word.contains("=");
            } else if (command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else if (!command.getSubcommands().isEmpty()) {
                faults.add("`%s`: %s has no command %s".formatted(typed, command.getCommandName(), word));
                break;
            }
        }
        return faults;
    }

    private static OptionSpec option(CommandLine command, String name) {
        Map<String, OptionSpec> known = command.getCommandSpec().optionsMap();
        return known.getOrDefault(name, known.get("-" + name));
    }

    private static boolean isHelp(String word) {
        return List.of("-h", "--help", "-v", "--version").contains(word);
    }
}
