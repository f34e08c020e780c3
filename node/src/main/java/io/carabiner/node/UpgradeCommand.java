package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.cli.Surroundings;
import io.carabiner.config.NodeConfig;
import io.carabiner.database.DatabaseVisit;
import io.carabiner.database.LibpqEnvironment;
import io.carabiner.database.ProgramVersion;
import io.carabiner.database.TableState;
import io.carabiner.database.UpgradeRehearsal;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code upgrade check}: runs the pending migrations in a transaction that is rolled back, and says what would change,
 * how long it took and whether it would hold. Not a command of the Go node.
 */
final class UpgradeCommand {

    private final SourceFlags flags;
    private final Surroundings surroundings;
    private final BuildInfo build;

    UpgradeCommand(SourceFlags flags, Surroundings surroundings, BuildInfo build) {
        this.flags = flags;
        this.surroundings = surroundings;
        this.build = build;
    }

    CommandSpec group() {
        CommandSpec group = SourceFlags.withFlags(
                CommandSpecs.group("upgrade", "Commands for going from one version of this program to another"));
        group.addSubcommand(
                "check",
                CommandSpecs.command(
                        "check",
                        "Try this version's migrations on the database and take them back; nothing is changed",
                        parsed -> check(group)));
        return group;
    }

    private int check(CommandSpec group) {
        NodeConfig config = flags.withoutKeys(group);
        String url = config.secrets().databaseUrl().reveal();
        try (DatabaseVisit visit = DatabaseVisit.open(url)) {
            TableState tables = visit.tables();
            ProgramVersion.parse(build.version()).ifPresent(own -> own.checkFor(tables));
            UpgradeRehearsal rehearsal = visit.rehearse();
            if (flags.cli().globals().json()) {
                surroundings.out().println(json(tables, rehearsal));
            } else {
                print(LibpqEnvironment.shown(url), tables, rehearsal);
            }
            return rehearsal.holds() ? 0 : 1;
        }
    }

    private void print(String shownUrl, TableState tables, UpgradeRehearsal rehearsal) {
        PrintStream out = surroundings.out();
        out.println("Database " + shownUrl + ", last used by version "
                + tables.usedBy().map(ProgramVersion::toString).orElse("none") + ", tables at " + tables.version());
        for (UpgradeRehearsal.Step step : rehearsal.steps()) {
            out.println("  %6d ms  %s"
                    .formatted(step.took().toMillis(), step.migration().script()));
        }
        rehearsal.changes().forEach(change -> out.println("  " + change));
        out.println(verdict(rehearsal));
    }

    private String verdict(UpgradeRehearsal rehearsal) {
        if (!rehearsal.holds()) {
            return "It would NOT hold: " + rehearsal.failure().orElse("");
        }
        if (rehearsal.steps().isEmpty()) {
            return "Nothing would be changed: the tables are those of version " + build.version() + ".";
        }
        return "It would hold. Everything was taken back; versions from " + ProgramVersion.OLDEST_BESIDE
                + " on can still use the tables afterwards.";
    }

    private String json(TableState tables, UpgradeRehearsal rehearsal) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.put("program", build.version());
        answer.put("lastUsedBy", tables.usedBy().map(ProgramVersion::toString).orElse(""));
        answer.put("tablesVersion", tables.version());
        answer.put("oldestAfterwards", ProgramVersion.OLDEST_BESIDE.toString());
        answer.put("holds", rehearsal.holds());
        answer.put("failure", rehearsal.failure().orElse(""));
        var steps = answer.putArray("migrations");
        rehearsal.steps().forEach(step -> steps.addObject()
                .put("script", step.migration().script())
                .put("millis", step.took().toMillis()));
        var changes = answer.putArray("changes");
        rehearsal.changes().forEach(changes::add);
        return answer.toPrettyString();
    }
}
