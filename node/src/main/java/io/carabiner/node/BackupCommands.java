package io.carabiner.node;

import io.carabiner.backup.BackupFile;
import io.carabiner.backup.BackupPlan;
import io.carabiner.backup.DatabaseBackup;
import io.carabiner.cli.BuildInfo;
import io.carabiner.cli.CliException;
import io.carabiner.cli.Surroundings;
import io.carabiner.config.BackupMode;
import io.carabiner.config.NodeConfig;
import io.carabiner.database.DatabaseVisit;
import io.carabiner.database.LibpqEnvironment;
import io.carabiner.database.ProgramVersion;
import io.carabiner.database.TableState;
import io.carabiner.primitives.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code backup}: makes, checks and restores a backup of the database. Not a command of the Go node. */
final class BackupCommands {

    private final SourceFlags flags;
    private final Surroundings surroundings;
    private final BuildInfo build;

    BackupCommands(SourceFlags flags, Surroundings surroundings, BuildInfo build) {
        this.flags = flags;
        this.surroundings = surroundings;
        this.build = build;
    }

    CommandSpec group() {
        CommandSpec group = SourceFlags.withFlags(
                CommandSpecs.group("backup", "Make, check and restore backups of the node's database"));
        group.addSubcommand(
                "create",
                CommandSpecs.command(
                        "create",
                        "Make a backup now, also while a node runs",
                        parsed -> create(group, parsed),
                        CommandSpecs.flag("leave out the runs of jobs", "--lite")));
        group.addSubcommand(
                "verify",
                CommandSpecs.withArguments(
                        CommandSpecs.command(
                                "verify",
                                "Restore a backup into a database made for that, look, and drop that database",
                                parsed -> verify(group, parsed)),
                        "FILE",
                        "the backup"));
        group.addSubcommand(
                "restore",
                CommandSpecs.withArguments(
                        CommandSpecs.command(
                                "restore",
                                "Restore a backup into the configured database, which must be empty",
                                parsed -> restore(group, parsed)),
                        "FILE",
                        "the backup"));
        return group;
    }

    private int create(CommandSpec group, ParseResult parsed) {
        BackupPlan configured = TablesAtStart.plan(flags.withoutKeys(group), build);
        BackupMode mode = parsed.hasMatchedOption("--lite") ? BackupMode.LITE : BackupMode.FULL;
        BackupPlan plan = new BackupPlan(
                configured.url(), configured.folder(), mode, configured.frequency(), false, configured.program());
        Path file = interruptibly(() -> new DatabaseBackup(plan, TimeSource.system()).make(versionIn(plan)));
        surroundings.out().println(file);
        return 0;
    }

    /** The version whose tables it will hold. */
    private String versionIn(BackupPlan plan) {
        try (DatabaseVisit visit = DatabaseVisit.open(plan.url())) {
            return visit.tables().usedBy().map(ProgramVersion::toString).orElse(build.version());
        }
    }

    private int verify(CommandSpec group, ParseResult parsed) {
        BackupFile file = file(parsed);
        String url = flags.withoutKeys(group).secrets().databaseUrl().reveal();
        switch (interruptibly(() -> file.check(url, scratch -> {}))) {
            case BackupFile.Checked.Restored(TableState tables, SortedMap<String, Long> rows) -> {
                surroundings
                        .out()
                        .println("Restored into a database of its own and read there: tables at "
                                + tables.version() + ", of version "
                                + tables.usedBy().map(ProgramVersion::toString).orElse("unknown") + ".");
                rows.forEach((table, count) -> surroundings.out().println("  %10d  %s".formatted(count, table)));
            }
            case BackupFile.Checked.ReadOnly(String reason) ->
                surroundings
                        .out()
                        .println("Read from its beginning to its end, but not restored: " + reason
                                + " To have it restored, give the user CREATEDB.");
        }
        return 0;
    }

    private int restore(CommandSpec group, ParseResult parsed) {
        BackupFile file = file(parsed);
        NodeConfig config = flags.withoutKeys(group);
        String url = config.secrets().databaseUrl().reveal();
        interruptibly(() -> {
            file.restore(url);
            return true;
        });
        surroundings
                .out()
                .println("Restored into " + LibpqEnvironment.shown(url)
                        + ". Before you start a node on it, make sure that none runs on the old database: two nodes"
                        + " with the same keys answer twice.");
        return 0;
    }

    private BackupFile file(ParseResult parsed) {
        List<String> arguments = CommandSpecs.arguments(parsed);
        if (arguments.size() != 1) {
            throw CliException.failed("Must pass the backup's file");
        }
        return new BackupFile(surroundings.resolve(arguments.getFirst()));
    }

    private static <T> T interruptibly(Callable<T> work) {
        try {
            return work.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("Told to stop.");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
