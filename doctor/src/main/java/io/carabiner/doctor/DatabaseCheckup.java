package io.carabiner.doctor;

import io.carabiner.config.NodeConfig;
import io.carabiner.database.DatabaseException;
import io.carabiner.database.DatabaseVisit;
import io.carabiner.database.LibpqEnvironment;
import io.carabiner.database.ProgramVersion;
import io.carabiner.database.ServerFacts;
import io.carabiner.database.TableState;
import io.carabiner.primitives.TimeSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database: reachable, new enough, with the rights, room and tables that a node needs, and its clock. */
final class DatabaseCheckup {

    private static final String AREA = "database";
    private static final Duration ANSWER_NOTED_FROM = Duration.ofMillis(20);

    /** The session's view of the server, in one row. */
    private record View(
            boolean mayCreate, boolean encrypted, int freeSlots, OffsetDateTime clock, String synchronousCommit) {}

    private static final String VIEW = """
            SELECT CASE WHEN to_regnamespace('carabiner') IS NULL
                    THEN has_database_privilege(current_database(), 'CREATE')
                    ELSE has_schema_privilege('carabiner', 'CREATE') END AS may_create,
                coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted,
                current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                    - (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS free_slots,
                clock_timestamp() AS clock, current_setting('synchronous_commit') AS sync""";

    private final NodeConfig config;
    private final Optional<ProgramVersion> program;
    private final TimeSource time;
    private final List<Finding> findings = new ArrayList<>();

    private DatabaseCheckup(NodeConfig config, Optional<ProgramVersion> program, TimeSource time) {
        this.config = config;
        this.program = program;
        this.time = time;
    }

    static List<Finding> of(NodeConfig config, Optional<ProgramVersion> program, TimeSource time) {
        DatabaseCheckup checkup = new DatabaseCheckup(config, program, time);
        String url = config.secrets().databaseUrl().reveal();
        try (DatabaseVisit visit = DatabaseVisit.open(url)) {
            checkup.server(visit, LibpqEnvironment.shown(url));
            checkup.tables(visit);
            checkup.session(visit, LibpqEnvironment.host(url));
        } catch (DatabaseException e) {
            checkup.findings.add(Finding.fail(AREA, "", "cannot be used", String.valueOf(e.getMessage())));
        }
        return checkup.findings;
    }

    private void server(DatabaseVisit visit, String shown) {
        ServerFacts facts = visit.server();
        String version = "PostgreSQL " + facts.version() / 10_000;
        if (facts.version() < ServerFacts.VERSION_MIN) {
            add(Finding.fail(AREA, shown, version, "upgrade the server to version 12 or newer"));
        } else if (facts.inRecovery()) {
            add(Finding.fail(
                    AREA, shown, version + ", a standby that cannot write", "point Database.URL at the primary"));
        } else {
            add(Finding.ok(AREA, shown, version));
        }
        visit.holder().ifPresent(holder -> add(Finding.ok(AREA, "lease", "held by " + holder)));
    }

    private void tables(DatabaseVisit visit) {
        TableState tables = visit.tables();
        boolean tooNew = program.flatMap(own -> tables.oldest().filter(oldest -> own.compareTo(oldest) < 0))
                .isPresent();
        if (tooNew) {
            add(Finding.fail(
                    AREA,
                    "tables",
                    "used by version "
                            + tables.usedBy().map(ProgramVersion::toString).orElse("?"),
                    "run version "
                            + tables.oldest().map(ProgramVersion::toString).orElse("?") + " or newer"));
        } else if (!tables.pending().isEmpty()) {
            add(Finding.warn(
                    AREA,
                    "tables",
                    tables.pending().size() + " migrations are pending",
                    "they run at the next start; `carabiner upgrade check` tries them first"));
        } else {
            add(Finding.ok(AREA, "tables", "up to date, at " + tables.version()));
        }
    }

    private void session(DatabaseVisit visit, String host) {
        long start = time.monotonicNanos();
        Instant before = time.now();
        View view = view(visit);
        Duration took = Duration.ofNanos(time.monotonicNanos() - start);
        add(
                view.mayCreate()
                        ? Finding.ok(AREA, "rights", "the user may make its tables")
                        : Finding.fail(
                                AREA,
                                "rights",
                                "the user may not make its tables",
                                "GRANT CREATE ON DATABASE to it, or make it the owner"));
        add(
                view.encrypted() || isLoopback(host)
                        ? Finding.ok(AREA, "TLS", view.encrypted() ? "in use" : "not needed: the same machine")
                        : Finding.warn(
                                AREA,
                                "TLS",
                                "the connection to another machine is not encrypted",
                                "set sslmode=verify-full in Database.URL"));
        int wanted = config.database().maxOpenConns();
        add(
                view.freeSlots() >= wanted
                        ? Finding.ok(AREA, "connections", view.freeSlots() + " free, " + wanted + " wanted at most")
                        : Finding.warn(
                                AREA,
                                "connections",
                                view.freeSlots() + " free, " + wanted + " wanted at most",
                                "raise the server's max_connections or lower Database.MaxOpenConns"));
        add(
                took.compareTo(ANSWER_NOTED_FROM) <= 0
                        ? Finding.ok(AREA, "speed", "answers within " + took.toMillis() + " ms")
                        : Finding.warn(
                                AREA,
                                "speed",
                                "answers within " + took.toMillis() + " ms",
                                "keep it in the same zone as the node: each step of a request waits for it"));
        if (view.synchronousCommit().equals("off")) {
            add(Finding.fail(
                    AREA,
                    "durability",
                    "synchronous_commit is off: a crash of the server loses what was stored",
                    "set synchronous_commit = on for this database"));
        }
        add(ClockSkew.judge(
                "the database", Duration.between(view.clock().toInstant(), before.plus(took.dividedBy(2)))));
    }

    private static View view(DatabaseVisit visit) {
        return visit.read(sql -> sql.createQuery(VIEW)
                .map((row, context) -> new View(
                        row.getBoolean("may_create"),
                        row.getBoolean("encrypted"),
                        row.getInt("free_slots"),
                        row.getObject("clock", OffsetDateTime.class),
                        row.getString("sync")))
                .one());
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
