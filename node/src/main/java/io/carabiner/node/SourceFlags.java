package io.carabiner.node;

import io.carabiner.cli.Cli;
import io.carabiner.cli.CliException;
import io.carabiner.cli.GlobalOptions;
import io.carabiner.cli.Surroundings;
import io.carabiner.config.ConfigLoader;
import io.carabiner.config.ConfigSources;
import io.carabiner.config.NodeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The flags {@code -c} and {@code -s}. They may stand before the group of a command or behind it, as the Go node has
 * it, but not at both places.
 */
record SourceFlags(Cli cli, Surroundings surroundings) {

    private static final String CONFIG = "--config";
    private static final String SECRETS = "--secrets";

    /** The group, with the flags behind its name too. */
    static CommandSpec withFlags(CommandSpec group) {
        group.addOption(CommandSpecs.files(
                "TOML configuration file, can be given several times; later ones win", "-c", CONFIG));
        group.addOption(CommandSpecs.files("TOML secrets file, can be given several times", "-s", SECRETS));
        return group;
    }

    /** What was given, without password files. */
    ConfigSources sources(CommandSpec group) {
        return sources(group, Optional.empty(), Optional.empty());
    }

    ConfigSources sources(CommandSpec group, Optional<Path> password, Optional<Path> vrfPassword) {
        GlobalOptions before = cli.globals();
        List<Path> config = paths(group, CONFIG);
        List<Path> secrets = paths(group, SECRETS);
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

    /** The configuration for a command that opens no keys: the keystore's password may be missing. */
    NodeConfig withoutKeys(CommandSpec group) {
        return ConfigLoader.loadWithoutKeys(sources(group));
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

    /** The file a flag names. */
    Optional<Path> path(CommandLine.ParseResult parsed, String option) {
        return Optional.of(parsed.matchedOptionValue(option, ""))
                .filter(text -> !text.isEmpty())
                .map(surroundings::resolve);
    }
}
