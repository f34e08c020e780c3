package io.carabiner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./campaign kill9}: the node's process is killed with SIGKILL at random moments while requests come in, and
 * started again. In the end the chain and the rows are asked: 0 lost, 0 answered twice, 0 gaps, or it exits with 1.
 */
public final class KillCampaign {

    private static final long LIFE_MILLIS_MIN = 300;
    private static final long LIFE_MILLIS_MAX = 6_000;
    private static final int DIES_STARTING_ONE_IN = 4;
    private static final int TELL_EVERY_KILLS = 10;
    private static final int ALL_BLOCKS = 0;

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
        Load load = Load.start(world, options.rate());
        Random random = new Random(options.seed());
        for (int kill = 1; kill <= options.kills(); kill++) {
            live(random);
            world.killNode();
            if (kill % TELL_EVERY_KILLS == 0) {
                System.out.println("%d kills: %d asked, %d answered"
                        .formatted(kill, load.asked(), log.answers(ALL_BLOCKS).size()));
            }
        }
        load.close();
        world.awaitReady();
        return Audit.of(world).afterDrain();
    }

    /** Some lives end while the node starts; most are counted from where it works, however slow the machine is. */
    private void live(Random random) throws InterruptedException {
        if (random.nextInt(DIES_STARTING_ONE_IN) > 0) {
            world.awaitReady();
        }
        TimeUnit.MILLISECONDS.sleep(random.nextLong(LIFE_MILLIS_MIN, LIFE_MILLIS_MAX));
    }
}
