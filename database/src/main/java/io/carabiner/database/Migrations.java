package io.carabiner.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the tables to this program's version. Runs only while the lease is held, so never twice at once. */
final class Migrations {

    private static final String LOCATION = "classpath:db/migration";

    /** Rooms number their files independently, so a later release may bring a lower number. */
    private static final boolean OUT_OF_ORDER = true;

    private Migrations() {}

    /** How many migrations were applied. */
    static int run(DataSource source) {
        try {
            MigrateResult result = Flyway.configure()
                    .dataSource(source)
                    .locations(LOCATION)
                    .schemas(Database.SCHEMA)
                    .defaultSchema(Database.SCHEMA)
                    .createSchemas(false)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .outOfOrder(OUT_OF_ORDER)
                    .load()
                    .migrate();
            return result.migrationsExecuted;
        } catch (FlywayException e) {
            throw new DatabaseException("DATABASE_MIGRATION", message(e), e);
        }
    }

    private static String message(FlywayException e) {
        SQLException sql = SqlStates.find(e);
        String reason = sql == null ? String.valueOf(e.getMessage()) : String.valueOf(sql.getMessage());
        return "The tables could not be brought to this version ("
                + reason.lines().findFirst().orElse("")
                + "): nothing of the failed step was kept; start the former version or restore a backup, and report"
                + " this.";
    }
}
