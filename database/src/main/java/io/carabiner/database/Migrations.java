package io.carabiner.database;

import io.carabiner.database.TableState.Migration;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the tables to this program's version. Runs only while the lease is held, so never twice at once. */
final class Migrations {

    private static final String LOCATION = "classpath:db/migration";

    /** Rooms number their files independently, so a later release may bring a lower number. */
    private static final boolean OUT_OF_ORDER = true;

    private final DataSource source;

    Migrations(DataSource source) {
        this.source = source;
    }

    /** Not before it is needed: loading it costs a start more than the rest of the database. */
    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(source)
                .locations(LOCATION)
                .schemas(Database.SCHEMA)
                .defaultSchema(Database.SCHEMA)
                .createSchemas(false)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .outOfOrder(OUT_OF_ORDER)
                .load();
    }

    /** How many migrations were applied. */
    int run() {
        try {
            MigrateResult result = flyway().migrate();
            return result.migrationsExecuted;
        } catch (FlywayException e) {
            throw new DatabaseException("DATABASE_MIGRATION", message(e), e);
        }
    }

    /** What is there, without changing anything. */
    TableState state() {
        try {
            Optional<List<Migration>> complete = MigrationHistory.ofCompleteTables(source);
            if (complete.isPresent()) {
                return state(complete.get(), List.of());
            }
            MigrationInfoService info = flyway().info();
            return state(migrations(info.applied()), migrations(info.pending()));
        } catch (SQLException | FlywayException e) {
            throw new DatabaseException(
                    "DATABASE_STATEMENT", "The list of migrations cannot be read: " + e.getMessage(), e);
        }
    }

    private TableState state(List<Migration> applied, List<Migration> pending) throws SQLException {
        Optional<ProgramVersion.Use> use = ProgramVersion.lastUse(source);
        return new TableState(
                use.map(ProgramVersion.Use::version), use.map(ProgramVersion.Use::oldest), applied, pending);
    }

    private static List<Migration> migrations(MigrationInfo... infos) {
        List<Migration> found = new ArrayList<>();
        for (MigrationInfo info : infos) {
            if (info.getVersion() != null && info.getScript().endsWith(".sql")) {
                found.add(new Migration(
                        Integer.parseInt(info.getVersion().getVersion()),
                        info.getScript(),
                        info.getInstalledOn() == null
                                ? ""
                                : info.getInstalledOn().toInstant().toString()));
            }
        }
        found.sort(Comparator.comparingInt(Migration::version));
        return found;
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
