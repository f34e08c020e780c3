package io.carabiner.bench;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Juels;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code ./campaign kill9}: the node's process is killed with SIGKILL at random moments while requests come in, and
 * started again. In the end the chain and the rows are asked: 0 lost, 0 answered twice, 0 gaps, or it exits with 1.
 */
public final class KillCampaign {

    private static final long LIFE_MILLIS_MIN = 300;
    private static final long LIFE_MILLIS_MAX = 6_000;
    private static final int DIES_STARTING_ONE_IN = 4;
    private static final Duration DRAIN_MAX = Duration.ofMinutes(5);
    private static final int TELL_EVERY_KILLS = 10;
    private static final int ALL_BLOCKS = 0;
    private static final Juels PAYMENT = new Juels(BigInteger.TEN.pow(17));

    /** What is done. */
    record Options(int kills, int keys, int rate, long seed) {

        static final String USAGE = "usage: ./campaign kill9 [--kills 200] [--keys 4] [--rate 20] [--seed 1]";

        static Options parse(String... arguments) {
            int kills = 200;
            int keys = 4;
            int rate = 20;
            long seed = 1;
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(USAGE);
                }
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--kills" -> kills = Integer.parseInt(value);
                    case "--keys" -> keys = Integer.parseInt(value);
                    case "--rate" -> rate = Integer.parseInt(value);
                    case "--seed" -> seed = Long.parseLong(value);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
                }
            }
            return new Options(kills, keys, rate, seed);
        }
    }

    private final Options options;
    private final World world;
    private final ChainLog log;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean asking = new AtomicBoolean(true);

    private KillCampaign(Options options, World world) {
        this.options = options;
        this.world = world;
        this.log = new ChainLog(world.anvil(), world.contracts().deployment().operator());
    }

    /** Kills, and exits with 1 if anything was lost, answered twice or left out. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        Locale.setDefault(Locale.ROOT);
        Options options = Options.parse(arguments);
        Path launcher = Path.of(System.getProperty("carabiner.home", ".")).resolve("carabiner");
        Path folder = Files.createTempDirectory("carabiner-kill9");
        boolean kept;
        try (World world = World.start(folder, launcher, options.keys())) {
            kept = new KillCampaign(options, world).run();
        }
        if (kept) {
            World.delete(folder);
        } else {
            System.out.println("the node's files and log are in " + folder);
        }
        System.exit(kept ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        System.out.println("seed %d: %d kills under %d requests/s with %d keys"
                .formatted(options.seed(), options.kills(), options.rate(), options.keys()));
        Thread asker = Thread.ofPlatform().name("asker").start(this::askUntilTold);
        Random random = new Random(options.seed());
        for (int kill = 1; kill <= options.kills(); kill++) {
            live(random);
            world.killNode();
            if (kill % TELL_EVERY_KILLS == 0) {
                System.out.println("%d kills: %d asked, %d answered"
                        .formatted(kill, asked.get(), log.answers(ALL_BLOCKS).size()));
            }
        }
        asking.set(false);
        asker.join();
        world.awaitReady();
        drain();
        return judge();
    }

    /** Some lives end while the node starts; most are counted from where it works, however slow the machine is. */
    private void live(Random random) throws InterruptedException {
        if (random.nextInt(DIES_STARTING_ONE_IN) > 0) {
            world.awaitReady();
        }
        TimeUnit.MILLISECONDS.sleep(random.nextLong(LIFE_MILLIS_MIN, LIFE_MILLIS_MAX));
    }

    private void askUntilTold() {
        long pause = Duration.ofSeconds(1).toNanos() / options.rate();
        try {
            while (asking.get()) {
                world.contracts().send(world.nextNonce(), world.jobId(), PAYMENT, world.question());
                asked.incrementAndGet();
                TimeUnit.NANOSECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN_MAX.toNanos();
        while (log.answers(ALL_BLOCKS).size() < log.requests(ALL_BLOCKS).size() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private boolean judge() throws SQLException {
        Map<String, Integer> answers = log.answers(ALL_BLOCKS);
        Set<String> lost = new HashSet<>(log.requests(ALL_BLOCKS).keySet());
        int requests = lost.size();
        lost.removeAll(answers.keySet());
        long doubled = answers.values().stream().filter(count -> count > 1).count();
        long reverted;
        int gaps = 0;
        try (Connection database = DriverManager.getConnection(jdbc(world.databaseUrl()));
                Statement statement = database.createStatement()) {
            reverted = number(statement, "SELECT count(*) FROM carabiner.tx_receipts WHERE NOT successful");
            for (Address key : world.nodeKeys()) {
                gaps += gapless(statement, key) ? 0 : 1;
            }
        }
        System.out.println("%d requests: %d lost, %d answered twice, %d sent in vain, %d keys with a gap"
                .formatted(requests, lost.size(), doubled, reverted, gaps));
        lost.stream().limit(10).forEach(id -> System.out.println("lost: " + id));
        return lost.isEmpty() && doubled == 0 && reverted == 0 && gaps == 0 && requests > 0;
    }

    /** Whether the rows have all nonces from 0 on, as many as the chain has mined. */
    private boolean gapless(Statement statement, Address key) throws SQLException {
        String rows = " FROM carabiner.txes WHERE nonce IS NOT NULL AND encode(from_address, 'hex') = '"
                + key.bytes().toBareHex() + "'";
        long count = number(statement, "SELECT count(DISTINCT nonce)" + rows);
        long end = number(statement, "SELECT coalesce(max(nonce) + 1, 0)" + rows);
        long mined = Long.decode(world.anvil()
                .call("eth_getTransactionCount", key.toString(), "latest")
                .asString());
        if (count != end || mined != end) {
            System.out.println(key + ": " + count + " nonces below " + end + ", " + mined + " on chain");
        }
        return count == end && mined == end;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The node's kind of URL as the driver wants it. */
    private static String jdbc(String url) {
        URI uri = URI.create(url);
        String[] login = uri.getUserInfo().split(":", -1);
        String query = uri.getQuery() == null ? "" : "&" + uri.getQuery();
        return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath() + "?user=" + login[0]
                + (login.length > 1 ? "&password=" + login[1] : "") + query;
    }
}
