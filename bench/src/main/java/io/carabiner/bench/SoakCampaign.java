package io.carabiner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./campaign soak}: a steady load for a long time. Memory, file handles, threads and rows are sampled; in the
 * end all requests must be answered once, and everything that was sampled must have stayed flat, or it exits with 1.
 *
 * <p>Old runs and transactions are deleted early, so that the tables reach the size that they keep.
 */
public final class SoakCampaign {

    private static final Duration SAMPLE_EVERY_MAX = Duration.ofMinutes(1);
    private static final int SAMPLES_MIN = 20;
    private static final Duration KEPT_MAX = Duration.ofMinutes(3);
    private static final double KIB_PER_MIB = 1024.0;

    /** The first part of the time is warm-up: compiling, and tables that fill. */
    private static final double WARM_UP = 0.3;

    /** A request's identity is kept for ever, so that no later look can answer it again. */
    private static final Set<String> KEPT_FOR_EVER = Set.of("direct_requests");

    /** How much of its usual size something may grow over the time measured, and an amount that is only noise. */
    private record Allowed(double part, double amount) {}

    private static final Map<String, Allowed> ALLOWED = Map.of(
            "RSS MB", new Allowed(0.05, 10), "file handles", new Allowed(0.05, 4), "threads", new Allowed(0.05, 4));

    private static final Allowed ALLOWED_ROWS = new Allowed(0.2, 300);

    /** What is done. */
    record Options(Duration length, int rate) {

        static final String USAGE = "usage: ./campaign soak [--minutes 60] [--rate 10]";

        static Options parse(String... arguments) {
            long minutes = 60;
            int rate = 10;
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(USAGE);
                }
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--minutes" -> minutes = Long.parseLong(value);
                    case "--rate" -> rate = Integer.parseInt(value);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
                }
            }
            if (minutes < 2 || rate < 1) {
                throw new IllegalArgumentException("2 minutes or more, 1 request a second or more; " + USAGE);
            }
            return new Options(Duration.ofMinutes(minutes), rate);
        }

        Duration sampleEvery() {
            Duration fine = length.dividedBy(SAMPLES_MIN);
            return fine.compareTo(SAMPLE_EVERY_MAX) < 0 ? fine : SAMPLE_EVERY_MAX;
        }

        Setup setup() {
            Duration part = length.dividedBy(SAMPLES_MIN);
            long kept = (part.compareTo(KEPT_MAX) < 0 ? part : KEPT_MAX).toSeconds();
            return Setup.USUAL.withSettings("""

                    [JobPipeline]
                    MaxSuccessfulRuns = %d
                    ReaperInterval = '%ds'
                    """.formatted(kept * rate, kept), """

                    [EVM.Transactions]
                    MaxInFlight = 2000
                    MaxQueued = 100000
                    ReaperInterval = '%ds'
                    ReaperThreshold = '%ds'
                    """.formatted(kept, kept));
        }
    }

    private final Options options;
    private final World world;
    private final long startedNanos = System.nanoTime();
    private final Map<String, List<Trend.Point>> measured = new TreeMap<>();

    private SoakCampaign(Options options, World world) {
        this.options = options;
        this.world = world;
    }

    /** Runs, prints a line a sample, and exits with 1 if anything was lost or grew. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        Locale.setDefault(Locale.ROOT);
        Options options = Options.parse(arguments);
        Path launcher = Path.of(System.getProperty("carabiner.home", ".")).resolve("carabiner");
        Path folder = Files.createTempDirectory("carabiner-soak");
        boolean kept;
        try (World world = World.start(folder, launcher, 1, options.setup())) {
            kept = new SoakCampaign(options, world).run();
        }
        if (kept) {
            World.delete(folder);
        } else {
            System.out.println("the node's files and log are in " + folder);
        }
        System.exit(kept ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        System.out.println("%d minutes at %d requests/s, a sample every %d s"
                .formatted(
                        options.length().toMinutes(),
                        options.rate(),
                        options.sampleEvery().toSeconds()));
        try (Load load = Load.start(world, options.rate())) {
            long end = startedNanos + options.length().toNanos();
            for (long next = startedNanos;
                    next < end;
                    next += options.sampleEvery().toNanos()) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
                sample(load.asked());
            }
        }
        boolean answered = Audit.of(world).afterDrain();
        return allFlat() && answered;
    }

    private void sample(int asked) throws IOException, SQLException {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        ProcessUsage usage = world.usage();
        long handles = entries("fd");
        long threads = entries("task");
        note("RSS MB", seconds, usage.residentKib() / KIB_PER_MIB);
        note("file handles", seconds, (double) handles);
        note("threads", seconds, (double) threads);
        long bytes = sampleTables(seconds);
        System.out.println("%5.0f s: %d asked, RSS %.0f MB, %d file handles, %d threads, CPU %.0f s, database %.1f MB"
                .formatted(
                        seconds,
                        asked,
                        usage.residentKib() / KIB_PER_MIB,
                        handles,
                        threads,
                        usage.cpu().toMillis() / 1e3,
                        bytes / 1e6));
    }

    private long entries(String of) throws IOException {
        try (var files = Files.list(Path.of("/proc/" + world.pid() + "/" + of))) {
            return files.count();
        }
    }

    /** Notes the rows of each table; answers the size of all in bytes. */
    private long sampleTables(double seconds) throws SQLException {
        try (Connection database = Audit.connect(world);
                Statement statement = database.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names =
                    statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'carabiner'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            long bytes = 0;
            for (String table : tables) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*), pg_total_relation_size('carabiner." + table + "') FROM carabiner." + table)) {
                    row.next();
                    note("rows of " + table, seconds, (double) row.getLong(1));
                    bytes += row.getLong(2);
                }
            }
            return bytes;
        }
    }

    private void note(String name, double seconds, double value) {
        measured.computeIfAbsent(name, key -> new ArrayList<>()).add(new Trend.Point(seconds, value));
    }

    private boolean allFlat() {
        boolean all = true;
        for (Map.Entry<String, List<Trend.Point>> series : measured.entrySet()) {
            List<Trend.Point> points = series.getValue();
            Trend trend = Trend.of(points.subList((int) (points.size() * WARM_UP), points.size()));
            Allowed allowed = ALLOWED.getOrDefault(series.getKey(), ALLOWED_ROWS);
            boolean kept = KEPT_FOR_EVER.stream().anyMatch(series.getKey()::endsWith);
            boolean flat = trend.isFlat(allowed.part(), allowed.amount());
            all &= flat || kept;
            if (trend.median() > 0) {
                System.out.println("%-32s %8.0f … %8.0f, growth %+7.1f: %s"
                        .formatted(
                                series.getKey(),
                                trend.first(),
                                trend.last(),
                                trend.growth(),
                                flat ? "flat" : kept ? "kept for ever" : "GROWS"));
            }
        }
        return all;
    }
}
