package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.ProgramVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two releases that follow each other share a database: a migration that takes away says from which on it may. */
class MigrationRulesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** What an older program would miss, or what its rows would break. */
    private static final Pattern TAKES_AWAY = Pattern.compile(
            "\\b(drop\\s+(table|column|schema)|rename\\s+(to|column)"
                    + "|alter\\s+column\\s+\\w+\\s+(type|set\\s+not\\s+null)|set\\s+data\\s+type|add\\s+constraint"
                    + "|add\\s+column\\s+[^,;]*\\bnot\\s+null(?![^,;]*\\bdefault\\b))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ALONE =
            Pattern.compile("\\b(concurrently|vacuum|create\\s+database)\\b", Pattern.CASE_INSENSITIVE);

    /** The first release has none before it; its migrations have lower numbers. */
    private static final int AFTER_FIRST_RELEASE = 100;

    private static final Pattern CONTRACTS = Pattern.compile("-- contracts: from (\\S+)");

    @Test
    void aMigrationThatTakesAway_saysFromWhichReleaseOn() throws IOException {
        List<String> faults = new ArrayList<>();
        List<Path> migrations = migrations();
        for (Path migration : migrations) {
            fault(Files.readString(migration), ProgramVersion.OLDEST_BESIDE)
                    .filter(fault -> number(migration) >= AFTER_FIRST_RELEASE || !fault.startsWith("takes away"))
                    .ifPresent(fault -> faults.add(migration.getFileName() + ": " + fault));
        }
        assertThat(faults).isEmpty();
        assertThat(migrations).hasSizeGreaterThan(10);
    }

    @Test
    void theRuleFindsWhatItShallFind() {
        ProgramVersion oldest = ProgramVersion.parse("0.2.0").orElseThrow();
        assertThat(fault("ALTER TABLE carabiner.txes DROP COLUMN meta;", oldest))
                .isPresent();
        assertThat(fault("ALTER TABLE carabiner.txes RENAME COLUMN meta TO facts;", oldest))
                .isPresent();
        assertThat(fault("ALTER TABLE carabiner.txes ALTER COLUMN meta SET NOT NULL;", oldest))
                .isPresent();
        assertThat(fault("ALTER TABLE carabiner.txes ADD COLUMN more text NOT NULL;", oldest))
                .isPresent();
        assertThat(fault("ALTER TABLE carabiner.txes ADD COLUMN more text NOT NULL DEFAULT '';", oldest))
                .isEmpty();
        assertThat(fault("CREATE INDEX CONCURRENTLY i ON carabiner.txes (id);", oldest))
                .isPresent();
        assertThat(fault("-- contracts: from 0.2.0\nDROP TABLE carabiner.txes;", oldest))
                .isEmpty();
        assertThat(fault("-- contracts: from 0.3.0\nDROP TABLE carabiner.txes;", oldest))
                .hasValue("takes away what 0.3.0 is the first not to use: raise ProgramVersion.OLDEST_BESIDE to it");
    }

    private static int number(Path migration) {
        return Integer.parseInt(migration.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
    }

    private static Optional<String> fault(String sql, ProgramVersion oldest) {
        String statements = sql.replaceAll("--.*", "");
        if (ALONE.matcher(statements).find()) {
            return Optional.of("cannot be tried out in a transaction");
        }
        if (!TAKES_AWAY.matcher(statements).find()) {
            return Optional.empty();
        }
        Matcher contracts = CONTRACTS.matcher(sql);
        if (!contracts.find()) {
            return Optional.of("takes away what the release before uses; see docs/decisions/0022");
        }
        ProgramVersion from = ProgramVersion.parse(contracts.group(1)).orElseThrow();
        return oldest.compareTo(from) >= 0
                ? Optional.empty()
                : Optional.of("takes away what " + from
                        + " is the first not to use: raise ProgramVersion.OLDEST_BESIDE to it");
    }

    private static List<Path> migrations() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> rooms = Files.list(ROOT)) {
            for (Path room : rooms.toList()) {
                Path folder = room.resolve("src/main/resources/db/migration");
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.list(folder)) {
                        files.forEach(found::add);
                    }
                }
            }
        }
        return found;
    }
}
