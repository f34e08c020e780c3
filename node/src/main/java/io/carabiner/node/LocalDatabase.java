package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.cli.CliException;
import io.carabiner.cli.Surroundings;
import io.carabiner.config.NodeConfig;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseVisit;
import io.carabiner.database.TableState;
import io.carabiner.primitives.TimeSource;

/** The database for a command that changes it: only while no node works on it. */
record LocalDatabase(Surroundings surroundings, BuildInfo build) {

    /** Takes the lease, and brings the tables to this program's version. */
    Database open(NodeConfig config) {
        freeTables(config);
        TablesAtStart tables = TablesAtStart.of(config, surroundings.environment(), build, TimeSource.system());
        try {
            Database database = Database.open(
                    Foundation.databaseSettings(config).migrating(), TimeSource.system(), reason -> {}, tables);
            tables.claim(database);
            return database;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("Told to stop.");
        }
    }

    /** What the tables are, if no node works on them. */
    static TableState freeTables(NodeConfig config) {
        try (DatabaseVisit visit = visit(config)) {
            requireNoHolder(visit);
            return visit.tables();
        }
    }

    static void requireNoHolder(DatabaseVisit visit) {
        visit.holder().ifPresent(holder -> {
            throw CliException.failed("A node works on this database (" + holder + "): stop it first.");
        });
    }

    static DatabaseVisit visit(NodeConfig config) {
        return DatabaseVisit.open(config.secrets().databaseUrl().reveal());
    }
}
