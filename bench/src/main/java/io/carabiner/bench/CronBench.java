package io.carabiner.bench;

import io.carabiner.devnet.NodeApi;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Many cron jobs that are due each second, each with three bridges and a median: whether every tick was run, how late,
 * and what it cost. Exits with 1 if a tick was missed, doubled, or its run did not complete.
 *
 * <p>Started by {@code ./campaign cron}. Everything is on loopback and started here.
 */
public final class CronBench {

    private static final String USAGE = "usage: ./campaign cron [--jobs 500] [--seconds 600]";
    private static final TimeSource TIME = TimeSource.system();
    private static final int BRIDGES = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration DRAIN = Duration.ofSeconds(15);
    private static final double KIB_PER_MIB = 1024.0;
    private static final double NANOS_PER_SECOND = 1e9;

    private record Wanted(int jobs, Duration length) {

        static Wanted parse(String... arguments) {
            int jobs = 500;
            Duration length = Duration.ofMinutes(10);
            if (arguments.length % 2 != 0) {
                throw new IllegalArgumentException(USAGE);
            }
            for (int i = 0; i < arguments.length; i += 2) {
                switch (arguments[i]) {
                    case "--jobs" -> jobs = Integer.parseInt(arguments[i + 1]);
                    case "--seconds" -> length = Duration.ofSeconds(Long.parseLong(arguments[i + 1]));
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
                }
            }
            return new Wanted(jobs, length);
        }
    }

    private CronBench() {}

    /** Runs the jobs and prints one line about their ticks and one about the cost. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        Wanted wanted = Wanted.parse(arguments);
        Path launcher = Path.of(System.getProperty("carabiner.home", ".")).resolve("carabiner");
        Path folder = Files.createTempDirectory("carabiner-bench");
        boolean whole;
        try (World world = World.start(folder, launcher);
                AdapterServer adapter = AdapterServer.start()) {
            whole = measure(world, adapter, wanted);
        } finally {
            World.delete(folder);
        }
        if (!whole) {
            System.exit(1);
        }
    }

    private static boolean measure(World world, AdapterServer adapter, Wanted wanted) throws InterruptedException {
        try (NodeApi api = world.login();
                RunTable runs = new RunTable(world.databaseUrl())) {
            create(api, adapter, wanted.jobs());
            TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
            Instant from = TIME.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
            Instant to = from.plus(wanted.length());
            sleepUntil(from);
            ProcessUsage before = world.usage();
            sleepUntil(to);
            ProcessUsage after = world.usage();
            TimeUnit.NANOSECONDS.sleep(DRAIN.toNanos());
            RunTable.Ticks ticks = runs.between(from, to);
            return report(wanted, ticks, before, after);
        }
    }

    private static void create(NodeApi api, AdapterServer adapter, int jobs) {
        for (int i = 1; i <= BRIDGES; i++) {
            api.post("/v2/bridge_types", Map.of("name", "price-" + i, "url", adapter.url()));
        }
        for (int i = 0; i < jobs; i++) {
            api.post("/v2/jobs", Map.of("toml", job(i)));
        }
    }

    private static String job(int number) {
        return """
                type = "cron"
                schemaVersion = 1
                name = "each second %d"
                externalJobID = "%s"
                schedule = "CRON_TZ=UTC * * * * * *"
                observationSource = \"""
                  a [type=bridge name="price-1" requestData="{\\\\"data\\\\":{\\\\"from\\\\":\\\\"ETH\\\\"}}"]
                  b [type=bridge name="price-2" requestData="{\\\\"data\\\\":{\\\\"from\\\\":\\\\"ETH\\\\"}}"]
                  c [type=bridge name="price-3" requestData="{\\\\"data\\\\":{\\\\"from\\\\":\\\\"ETH\\\\"}}"]
                  x [type=jsonparse path="data,result"]
                  y [type=jsonparse path="data,result"]
                  z [type=jsonparse path="data,result"]
                  m [type=median]
                  a -> x -> m
                  b -> y -> m
                  c -> z -> m
                \"""
                """.formatted(number, UUID.randomUUID());
    }

    private static void sleepUntil(Instant time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(
                Math.max(0, Duration.between(TIME.now(), time).toNanos()));
    }

    private static boolean report(Wanted wanted, RunTable.Ticks ticks, ProcessUsage before, ProcessUsage after) {
        long due = wanted.jobs() * wanted.length().toSeconds();
        long missed = due - ticks.onTime();
        System.out.println(("cron: %d jobs, %d s: %d ticks due, %d run, %d missed, %d doubled, %d not completed; stored"
                        + " p50 %.0f ms, p99 %.0f ms, max %.0f ms after the tick; finished p50 %.0f ms, p99 %.0f ms")
                .formatted(
                        wanted.jobs(),
                        wanted.length().toSeconds(),
                        due,
                        ticks.onTime(),
                        missed,
                        ticks.doubled(),
                        ticks.notCompleted(),
                        ticks.storedMillis().percentile(0.5),
                        ticks.storedMillis().percentile(0.99),
                        ticks.storedMillis().percentile(1),
                        ticks.finishedMillis().percentile(0.5),
                        ticks.finishedMillis().percentile(0.99)));
        double cpu = after.cpu().minus(before.cpu()).toNanos() / NANOS_PER_SECOND;
        System.out.println("cost: CPU %.2f cores, %.2f ms a run; RSS %.0f MB"
                .formatted(
                        cpu / wanted.length().toSeconds(),
                        1_000 * cpu / Math.max(1, ticks.onTime()),
                        after.residentKib() / KIB_PER_MIB));
        return missed == 0 && ticks.doubled() == 0 && ticks.notCompleted() == 0;
    }
}
