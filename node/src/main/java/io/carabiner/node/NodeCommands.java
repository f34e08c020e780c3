package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.cli.Cli;
import io.carabiner.cli.CliException;
import io.carabiner.cli.OwnerFiles;
import io.carabiner.cli.Surroundings;
import io.carabiner.config.ConfigCheck;
import io.carabiner.config.ConfigMigration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands that need no running node: {@code node start}, {@code node validate}, {@code node db}, {@code config
 * validate}, {@code config migrate}. Names, aliases and flags are the Go node's (2.15, core/cmd/shell_local.go).
 */
final class NodeCommands {

    private final SourceFlags flags;
    private final Surroundings surroundings;
    private final BuildInfo build;
    private final DatabaseCommands database;

    NodeCommands(Cli cli, Surroundings surroundings, BuildInfo build) {
        this.flags = new SourceFlags(cli, surroundings);
        this.database = new DatabaseCommands(flags, surroundings, build);
        this.surroundings = surroundings;
        this.build = build;
    }

    /** {@code node}, and its old name {@code local}. */
    CommandSpec nodeGroup() {
        CommandSpec group = SourceFlags.withFlags(
                        CommandSpecs.group("node", "Commands for admin actions that must be run locally"))
                .aliases("local");
        group.addSubcommand("start", start(group));
        group.addSubcommand("db", database.group(group));
        group.addSubcommand(
                "validate", validate("Check configuration and secrets, and print what they come to", group));
        return group;
    }

    /** What of {@code config} needs no running node. */
    void addTo(CommandSpec config) {
        config.addSubcommand(
                "validate", validate("Check configuration and secrets, and print what they come to", config));
        config.addSubcommand("migrate", migrate());
        ExplainCommands explain = new ExplainCommands(surroundings, () -> flags.sources(config));
        config.addSubcommand("explain", explain.explain());
        config.addSubcommand("diff", explain.diff());
    }

    /** Not a command of the Go node; its version 1.13 had {@code config dump}. */
    private CommandSpec migrate() {
        return CommandSpecs.command(
                "migrate",
                "Print the environment variables of version 1 as a configuration file",
                parsed -> migrate(flags.path(parsed, "--secrets-output")),
                CommandSpecs.text(
                        "FILE", "write the secrets into this file, readable by you only", "--secrets-output"));
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
        return CommandSpecs.command(
                        "start",
                        "Run the node",
                        parsed -> run(group, parsed),
                        CommandSpecs.text(
                                "FILE", "text file holding the API email and password, each on a line", "-a", "--api"),
                        CommandSpecs.text(
                                "FILE", "text file holding the password for the node's keys", "-p", "--password"),
                        CommandSpecs.text(
                                "FILE", "text file holding the password for the VRF keys", "--vp", "--vrfpassword"),
                        CommandSpecs.flag("set logger level to debug", "-d", "--debug"))
                .aliases("node", "n");
    }

    private int run(CommandSpec group, CommandLine.ParseResult parsed) {
        StartOptions options = new StartOptions(
                flags.sources(group, flags.path(parsed, "--password"), flags.path(parsed, "--vrfpassword")),
                flags.path(parsed, "--api"),
                Optional.empty(),
                parsed.hasMatchedOption("--debug"));
        return new ForegroundNode(surroundings.err()).run(options, build);
    }

    private CommandSpec validate(String description, CommandSpec group) {
        return CommandSpecs.command("validate", description, parsed -> {
            ConfigCheck check = ConfigCheck.of(flags.sources(group));
            surroundings.out().print(check.output());
            surroundings.err().print(check.error());
            return check.valid() ? 0 : 1;
        });
    }
}
