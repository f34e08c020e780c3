package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.cli.Cli;
import io.carabiner.cli.CliException;
import io.carabiner.cli.GlobalOptions;
import io.carabiner.cli.OwnerFiles;
import io.carabiner.cli.Surroundings;
import io.carabiner.config.ConfigCheck;
import io.carabiner.config.ConfigMigration;
import io.carabiner.config.ConfigSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The commands that need no running node: {@code node start}, {@code node validate}, {@code config validate}, {@code
 * config migrate}. Names, aliases and flags are the Go node's (2.15, core/cmd/shell_local.go).
 */
final class NodeCommands {

    private static final Optional<Path> NO_FILE = Optional.empty();

    private final Cli cli;
    private final Surroundings surroundings;
    private final BuildInfo build;

    NodeCommands(Cli cli, Surroundings surroundings, BuildInfo build) {
        this.cli = cli;
        this.surroundings = surroundings;
        this.build = build;
    }

    /** {@code node}, and its old name {@code local}. */
    CommandSpec nodeGroup() {
        CommandSpec group = group("node", "Commands for admin actions that must be run locally")
                .aliases("local");
        group.addOption(files("TOML configuration file, can be given several times; later ones win", "-c", "--config"));
        group.addOption(files("TOML secrets file, can be given several times", "-s", "--secrets"));
        group.addSubcommand("start", start(group));
        group.addSubcommand(
                "validate", validate("Check configuration and secrets, and print what they come to", group));
        return group;
    }

    /** What of {@code config} needs no running node. */
    void addTo(CommandSpec config) {
        config.addSubcommand(
                "validate", validate("Check configuration and secrets, and print what they come to", config));
        config.addSubcommand("migrate", migrate());
        ExplainCommands explain = new ExplainCommands(surroundings, () -> sources(config, NO_FILE, NO_FILE));
        config.addSubcommand("explain", explain.explain());
        config.addSubcommand("diff", explain.diff());
    }

    /** Not a command of the Go node; its version 1.13 had {@code config dump}. */
    private CommandSpec migrate() {
        List<CommandSpec> self = new ArrayList<>();
        CommandSpec spec = command(
                "migrate",
                "Print the environment variables of version 1 as a configuration file",
                () -> migrate(path(self.getFirst().commandLine().getParseResult(), "--secrets-output")));
        self.add(spec);
        spec.addOption(text("FILE", "write the secrets into this file, readable by you only", "--secrets-output"));
        return spec;
    }

    private int migrate(Optional<Path> secretsFile) {
        ConfigMigration migration = ConfigMigration.of(surroundings.environment());
        secretsFile.ifPresent(file -> writeSecrets(file, migration.secrets()));
        surroundings.out().print(migration.config());
        migration.notes().forEach(note -> surroundings.err().println("# " + note));
        surroundings
                .err()
                .println(secretsFile
                        .map(file -> "# The secrets are in " + file + ". Start with -c and -s, without the variables.")
                        .orElse("# Secrets are left out: give --secrets-output FILE to have them written there."));
        return 0;
    }

    private static void writeSecrets(Path file, String secrets) {
        try {
            OwnerFiles.write(file, secrets.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", file.toString(), e));
        }
    }

    private CommandSpec start(CommandSpec group) {
        List<CommandSpec> self = new ArrayList<>();
        CommandSpec spec = command("start", "Run the node", () -> run(group, self.getFirst()));
        self.add(spec);
        spec.aliases("node", "n");
        spec.addOption(text("FILE", "text file holding the API email and password, each on a line", "-a", "--api"));
        spec.addOption(text("FILE", "text file holding the password for the node's keys", "-p", "--password"));
        spec.addOption(text("FILE", "text file holding the password for the VRF keys", "--vp", "--vrfpassword"));
        spec.addOption(OptionSpec.builder("-d", "--debug")
                .type(boolean.class)
                .arity("0")
                .description("set logger level to debug")
                .build());
        return spec;
    }

    private int run(CommandSpec group, CommandSpec start) {
        CommandLine.ParseResult parsed = start.commandLine().getParseResult();
        StartOptions options = new StartOptions(
                sources(group, path(parsed, "--password"), path(parsed, "--vrfpassword")),
                path(parsed, "--api"),
                Optional.empty(),
                parsed.hasMatchedOption("--debug"));
        return new ForegroundNode(surroundings.err()).run(options, build);
    }

    private CommandSpec validate(String description, CommandSpec group) {
        return command("validate", description, () -> {
            ConfigCheck check = ConfigCheck.of(sources(group, Optional.empty(), Optional.empty()));
            surroundings.out().print(check.output());
            surroundings.err().print(check.error());
            return check.valid() ? 0 : 1;
        });
    }

    /** Files may be named before the group or behind it, as the Go node has it, but not at both places. */
    private ConfigSources sources(CommandSpec group, Optional<Path> password, Optional<Path> vrfPassword) {
        GlobalOptions before = cli.globals();
        List<Path> config = paths(group, "--config");
        List<Path> secrets = paths(group, "--secrets");
        boolean both = !(config.isEmpty() && secrets.isEmpty())
                && !(before.configFiles().isEmpty() && before.secretsFiles().isEmpty());
        if (both) {
            throw CliException.failed(
                    "Error running app: multiple commands with --config or --secrets flags. only one command may"
                            + " specify these"
                            + " flags. when secrets are used, they must be specific together in the same command");
        }
        return new ConfigSources(
                config.isEmpty() ? before.configFiles() : config,
                secrets.isEmpty() ? before.secretsFiles() : secrets,
                surroundings.environment(),
                password,
                vrfPassword);
    }

    private List<Path> paths(CommandSpec group, String option) {
        List<String> none = List.of();
        CommandLine.ParseResult parsed = group.commandLine().getParseResult();
        return parsed.commandSpec().findOption(option) == null
                ? List.of()
                : parsed.matchedOptionValue(option, none).stream()
                        .map(surroundings::resolve)
                        .toList();
    }

    private Optional<Path> path(CommandLine.ParseResult parsed, String option) {
        return Optional.of(parsed.matchedOptionValue(option, ""))
                .filter(text -> !text.isEmpty())
                .map(surroundings::resolve);
    }

    private static CommandSpec group(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        return spec;
    }

    private static CommandSpec command(String name, String description, Callable<Integer> action) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name(name);
        spec.usageMessage().description(description);
        return spec;
    }

    private static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static OptionSpec files(String description, String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel("FILE")
                .description(description)
                .build();
    }
}
