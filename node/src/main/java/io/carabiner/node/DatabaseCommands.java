package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.cli.CliException;
import io.carabiner.cli.Surroundings;
import io.carabiner.config.NodeConfig;
import io.carabiner.database.ChainRows;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseVisit;
import io.carabiner.database.LibpqEnvironment;
import io.carabiner.database.ProgramVersion;
import io.carabiner.database.TableState;
import io.carabiner.database.TableState.Migration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code node db}: looks at the tables and changes them while no node runs. Names, flags and refusals are the Go node's
 * (2.15, core/cmd/shell_local.go).
 */
final class DatabaseCommands {

    private static final String CHAIN_TYPE = "EVM";
    private final SourceFlags flags;
    private final Surroundings surroundings;
    private final BuildInfo build;
    private final LocalDatabase local;

    DatabaseCommands(SourceFlags flags, Surroundings surroundings, BuildInfo build) {
        this.flags = flags;
        this.surroundings = surroundings;
        this.build = build;
        this.local = new LocalDatabase(surroundings, build);
    }

    /** @param node the group above, whose flags name the configuration */
    CommandSpec group(CommandSpec node) {
        CommandSpec group = CommandSpecs.group("db", "Potentially destructive commands for managing the database.");
        add(group, CommandSpecs.command("version", "Display the current database version.", parsed -> version(node)));
        add(
                group,
                CommandSpecs.command(
                        "status", "Display the current database migration status.", parsed -> status(node)));
        add(
                group,
                CommandSpecs.command(
                        "migrate", "Migrate the database to the latest version.", parsed -> migrate(node)));
        add(
                group,
                CommandSpecs.withArguments(
                        CommandSpecs.command(
                                "rollback",
                                "Say how to go back to a former version.",
                                parsed -> rollback(node, parsed)),
                        "VERSION",
                        "the number of a migration"));
        add(group, reset(node));
        add(group, deleteChain(node));
        add(
                group,
                hidden(
                        "preparetest",
                        "Load fixtures. There are none.",
                        "There are no fixtures to load:" + " `carabiner node db reset` makes the tables anew."));
        add(
                group,
                hidden(
                        "create-migration",
                        "Make a file for a migration.",
                        "Migrations are part of the program:"
                                + " add a file db/migration/V<n>__<room>_<what>.sql to its sources."));
        return group;
    }

    private static void add(CommandSpec group, CommandSpec command) {
        group.addSubcommand(command.name(), command);
    }

    private static CommandSpec hidden(String name, String description, String instead) {
        CommandSpec spec = CommandSpecs.withArguments(
                CommandSpecs.command(
                        name,
                        description,
                        parsed -> {
                            throw CliException.failed(instead);
                        },
                        CommandSpecs.flag("taken and not used", "--user-only"),
                        CommandSpecs.flag("taken and not used", "--force"),
                        CommandSpecs.text("TYPE", "taken and not used", "--type")),
                "NAME",
                "taken and not used");
        spec.usageMessage().hidden(true);
        return spec;
    }

    private int version(CommandSpec node) {
        try (DatabaseVisit visit = LocalDatabase.visit(flags.withoutKeys(node))) {
            TableState tables = visit.tables();
            surroundings.out().println("Database version: " + tables.version());
            tables.usedBy().ifPresent(last -> surroundings
                    .out()
                    .println("Last used by: " + last + "; serves versions from "
                            + tables.oldest().orElse(last) + " on"));
        }
        return 0;
    }

    private int status(CommandSpec node) {
        try (DatabaseVisit visit = LocalDatabase.visit(flags.withoutKeys(node))) {
            TableState tables = visit.tables();
            tables.applied().forEach(migration -> print(migration, "applied"));
            tables.pending().forEach(migration -> print(migration, "pending"));
        }
        return 0;
    }

    private void print(Migration migration, String state) {
        surroundings
                .out()
                .println("version:%d, path:%s, type:sql, state:%s, appliedAt: %s "
                        .formatted(migration.version(), migration.script(), state, migration.appliedAt()));
    }

    private int migrate(CommandSpec node) {
        NodeConfig config = flags.withoutKeys(node);
        TableState before = LocalDatabase.freeTables(config);
        local.open(config).close();
        surroundings.out().println(before.pending().size() + " migrations applied.");
        return 0;
    }

    /** Nothing is rolled back, because nothing has to be: a release leaves what the one before needs. */
    private int rollback(CommandSpec node, ParseResult parsed) {
        List<String> arguments = CommandSpecs.arguments(parsed);
        if (!arguments.isEmpty() && !arguments.getFirst().matches("[0-9]{1,9}")) {
            throw CliException.failed("Unable to parse " + arguments.getFirst() + " as integer");
        }
        try (DatabaseVisit visit = LocalDatabase.visit(flags.withoutKeys(node))) {
            String oldest =
                    visit.tables().oldest().map(ProgramVersion::toString).orElse(build.version());
            throw CliException.failed("Tables are not rolled back. These serve version " + oldest
                    + " and all newer ones: to go back, stop this version and start the older one. For one before "
                    + oldest
                    + ", restore the backup that was made before the upgrade (carabiner backup restore FILE).");
        }
    }

    private CommandSpec reset(CommandSpec node) {
        CommandSpec spec = CommandSpecs.command(
                "reset",
                "Drop, create and migrate the tables. WARNING: This will ERASE ALL DATA for the specified database.",
                parsed -> reset(node, parsed),
                CommandSpecs.flag("set to true to enable dropping non-test databases", "--dangerWillRobinson"),
                CommandSpecs.flag(
                        "set to true to force the reset by dropping any existing connections to the database",
                        "--force"));
        spec.usageMessage().hidden(true);
        return spec;
    }

    private int reset(CommandSpec node, ParseResult parsed) {
        NodeConfig config = flags.withoutKeys(node);
        requireTestName(
                config,
                parsed.hasMatchedOption("--dangerWillRobinson"),
                "REALLY want to reset this database, pass in the -dangerWillRobinson option");
        try (DatabaseVisit visit = LocalDatabase.visit(config)) {
            if (parsed.hasMatchedOption("--force")) {
                visit.cutOthers();
            } else {
                LocalDatabase.requireNoHolder(visit);
            }
            visit.dropTables();
        }
        local.open(config).close();
        surroundings.out().println("The tables were dropped and made anew.");
        return 0;
    }

    private static void requireTestName(NodeConfig config, boolean danger, String otherwise) {
        String name =
                LibpqEnvironment.databaseName(config.secrets().databaseUrl().reveal());
        if (!danger && !name.endsWith("_test")) {
            throw CliException.failed("cannot reset database named `" + name + "`. This command can only be run against"
                    + " databases with a name that ends in `_test`, to prevent accidental data loss. If you "
                    + otherwise);
        }
    }

    private CommandSpec deleteChain(CommandSpec node) {
        return CommandSpecs.command(
                "delete-chain",
                "Commands for cleaning up chain specific db tables. WARNING: This will ERASE ALL chain specific data"
                        + " referred to by --type and --id options for the specified database.",
                parsed -> deleteChain(node, parsed),
                CommandSpecs.required(
                        "ID", "chain id based on which chain specific table cleanup will be done", "--id"),
                CommandSpecs.required(
                        "TYPE", "chain type based on which table cleanup will be done, eg. EVM", "--type"),
                CommandSpecs.flag("set to true to enable dropping non-test databases", "--danger"));
    }

    private int deleteChain(CommandSpec node, ParseResult parsed) {
        NodeConfig config = flags.withoutKeys(node);
        requireTestName(
                config,
                parsed.hasMatchedOption("--danger"),
                "really want to delete chain specific data from this database, pass in the --danger option");
        String type = parsed.matchedOptionValue("--type", "");
        if (!type.toUpperCase(Locale.ROOT).equals(CHAIN_TYPE)) {
            throw CliException.failed("unknown chain type");
        }
        String id = parsed.matchedOptionValue("--id", "");
        if (!id.matches("[0-9]{1,78}")) {
            throw CliException.failed("Unable to parse " + id + " as integer");
        }
        try (Database database = local.open(config)) {
            for (String table : ChainRows.delete(database, id)) {
                surroundings.out().println("Rows with evm_chain_id " + id + " deleted from " + table + ".");
            }
        }
        surroundings.out().println("Jobs of the chain stay: delete them with `carabiner jobs delete`.");
        return 0;
    }
}
