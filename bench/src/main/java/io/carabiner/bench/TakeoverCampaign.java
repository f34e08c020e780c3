package io.carabiner.bench;

import io.carabiner.bench.TakeoverOptions.Mishap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./campaign takeover}: two nodes on one database under load; again and again something happens to the one that
 * holds it, and the other takes over. In the end the chain and the rows are asked: 0 lost, 0 answered twice, 0 gaps, or
 * it exits with 1. Prints how long it took until the database was held again and until the next transaction was sent.
 */
public final class TakeoverCampaign {

    private static final long QUIET_MILLIS_MIN = 1_500;
    private static final long QUIET_MILLIS_MAX = 4_000;
    private static final Duration FROZEN = Duration.ofSeconds(15);
    private static final Duration TAKEOVER_MAX = Duration.ofSeconds(90);
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final int EXIT_LEASE_LOST = 1;
    private static final double NANOS_PER_MILLI = 1e6;

    /** How long one takeover took, in milliseconds from the mishap. */
    private record Took(double held, double sent) {}

    private final TakeoverOptions options;
    private final World world;
    private final Connection database;
    private final Map<Mishap, List<Took>> took = new EnumMap<>(Mishap.class);
    private Instance active;
    private Optional<Instance> standby = Optional.empty();

    private TakeoverCampaign(TakeoverOptions options, World world, Connection database, Instance active) {
        this.options = options;
        this.world = world;
        this.database = database;
        this.active = active;
    }

    /** Runs, and exits with 1 if anything was lost, answered twice or left out. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        Locale.setDefault(Locale.ROOT);
        TakeoverOptions options = TakeoverOptions.parse(arguments);
        Optional<Path> pooler = options.pooled() ? Pgbouncer.find() : Optional.empty();
        if (options.pooled() && pooler.isEmpty()) {
            System.out.println("SKIPPED: this machine has no pgbouncer (Debian: apt install pgbouncer)");
            return;
        }
        Path launcher = Path.of(System.getProperty("carabiner.home", ".")).resolve("carabiner");
        Path folder = Files.createTempDirectory("carabiner-takeover");
        boolean kept;
        try (World world = World.start(folder, launcher, 1)) {
            world.stopNode();
            kept = pooler.isEmpty()
                    ? run(options, world, folder, world.databasePort())
                    : runPooled(options, world, folder, pooler.get());
        }
        if (kept) {
            World.delete(folder);
        } else {
            System.out.println("the nodes' files and logs are in " + folder);
        }
        System.exit(kept ? 0 : 1);
    }

    private static boolean runPooled(TakeoverOptions options, World world, Path folder, Path program)
            throws IOException, InterruptedException, SQLException {
        try (Pgbouncer pooler = Pgbouncer.start(program, folder.resolve("pgbouncer"), world.databaseUrl())) {
            return run(options, world, folder, pooler.port());
        }
    }

    private static boolean run(TakeoverOptions options, World world, Path folder, int databasePort)
            throws IOException, InterruptedException, SQLException {
        try (Connection database = Audit.connect(world);
                Instance one = new Instance(world, "one", folder.resolve("one"), databasePort)) {
            TakeoverCampaign campaign = new TakeoverCampaign(options, world, database, one);
            try (Load load = Load.start(world, options.rate())) {
                campaign.awaitSentAfter(System.nanoTime());
                campaign.restartAlone();
                try (Instance two = new Instance(world, "two", folder.resolve("two"), databasePort)) {
                    campaign.standby = Optional.of(two);
                    campaign.takeTurns();
                    load.close();
                    return campaign.judged();
                }
            }
        }
    }

    private boolean judged() throws InterruptedException, SQLException {
        took.forEach((mishap, times) -> {
            Sample held = Sample.ofMillis(times.stream().map(Took::held).toList());
            Sample sent = Sample.ofMillis(times.stream().map(Took::sent).toList());
            System.out.println("%-8s %3d times: database held after p50 %.0f p99 %.0f ms,"
                            .formatted(mishap, held.size(), held.percentile(0.5), held.percentile(0.99))
                    + " next transaction sent after p50 %.0f p99 %.0f ms"
                            .formatted(sent.percentile(0.5), sent.percentile(0.99)));
        });
        return Audit.of(world).afterDrain();
    }

    private void restartAlone() throws IOException, InterruptedException, SQLException {
        Random random = new Random(options.seed());
        for (int i = 0; i < options.counts().getOrDefault(Mishap.RESTART, 0); i++) {
            quiet(random);
            long epoch = epoch();
            long from = System.nanoTime();
            active.signal("KILL");
            active.awaitEnd();
            active.start();
            measure(Mishap.RESTART, from, epoch);
        }
    }

    private void takeTurns() throws IOException, InterruptedException, SQLException {
        Random random = new Random(options.seed());
        List<Mishap> order = new ArrayList<>();
        options.counts().forEach((mishap, count) -> {
            if (mishap != Mishap.RESTART) {
                order.addAll(Collections.nCopies(count, mishap));
            }
        });
        Collections.shuffle(order, random);
        for (Mishap mishap : order) {
            Instance other = standby.orElseThrow();
            other.awaitWaiting();
            quiet(random);
            long epoch = epoch();
            long from = System.nanoTime();
            befall(mishap);
            measure(mishap, from, epoch);
            recover(mishap, from);
            standby = Optional.of(active);
            active = other;
        }
    }

    private static void quiet(Random random) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextLong(QUIET_MILLIS_MIN, QUIET_MILLIS_MAX));
    }

    private void befall(Mishap mishap) throws IOException, InterruptedException {
        switch (mishap) {
            case KILL9, RESTART -> active.signal("KILL");
            case TERM -> active.signal("TERM");
            case FREEZE -> active.signal("STOP");
            case CUT -> active.cable().freeze();
        }
    }

    private void measure(Mishap mishap, long from, long epoch) throws InterruptedException, SQLException {
        long held = awaitEpochAfter(epoch);
        long sent = awaitSentAfter(held);
        Took times = new Took((held - from) / NANOS_PER_MILLI, (sent - from) / NANOS_PER_MILLI);
        took.computeIfAbsent(mishap, kind -> new ArrayList<>()).add(times);
        System.out.println("%-8s %s: database held after %.0f ms, next transaction sent after %.0f ms"
                .formatted(mishap, active, times.held(), times.sent()));
    }

    /** What was befallen comes back as the one that stands by. */
    private void recover(Mishap mishap, long from) throws IOException, InterruptedException {
        if (mishap == Mishap.FREEZE) {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, from + FROZEN.toNanos() - System.nanoTime()));
            active.signal("CONT");
        }
        int exit = active.awaitEnd();
        active.cable().thaw();
        if ((mishap == Mishap.FREEZE || mishap == Mishap.CUT) && exit != EXIT_LEASE_LOST) {
            throw new IllegalStateException(active + " ended with " + exit + " after " + mishap);
        }
        active.start();
    }

    private long epoch() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT epoch FROM carabiner.lease")) {
            row.next();
            return row.getLong(1);
        }
    }

    private long awaitEpochAfter(long epoch) throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + TAKEOVER_MAX.toNanos();
        while (epoch() <= epoch) {
            passLook(deadline, "the database is not held again");
        }
        return System.nanoTime();
    }

    private long awaitSentAfter(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + TAKEOVER_MAX.toNanos();
        OptionalLong sent = world.watch().sentAfter(nanos);
        while (sent.isEmpty()) {
            passLook(deadline, "no transaction was sent");
            sent = world.watch().sentAfter(nanos);
        }
        return sent.getAsLong();
    }

    private static void passLook(long deadline, String fault) throws InterruptedException {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(fault + " after " + TAKEOVER_MAX);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
}
