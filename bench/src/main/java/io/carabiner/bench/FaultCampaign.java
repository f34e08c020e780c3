package io.carabiner.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./campaign faults}: things go wrong with the machine under a node that works, each by itself and each followed
 * by better times. A node that ends is started again, as a service manager does. In the end chain and rows are asked.
 */
public final class FaultCampaign {

    private static final String USAGE = "usage: ./campaign faults [--only NAME] [--rate 10]";
    private static final int CALM_SECONDS = 15;
    private static final int LOOK_EVERY_MILLIS = 500;
    private static final Pattern SAID = Pattern.compile("\\[(WARN|ERROR|CRIT|FATAL)] .*code=([A-Z_0-9]+)");
    private static final int LINE_CHARS_MAX = 220;

    private FaultCampaign() {}

    /** Runs the cases one after the other, and exits with 1 if one of them lost, doubled or left out anything. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        Locale.setDefault(Locale.ROOT);
        String only = "";
        int rate = 10;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(USAGE);
            }
            switch (arguments[i]) {
                case "--only" -> only = arguments[i + 1];
                case "--rate" -> rate = Integer.parseInt(arguments[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        String wanted = only;
        List<FaultCase> cases = FaultCase.all().stream()
                .filter(fault -> wanted.isEmpty() || fault.name().equals(wanted))
                .toList();
        boolean kept = !cases.isEmpty();
        for (FaultCase fault : cases) {
            kept &= run(fault, rate);
        }
        System.exit(kept ? 0 : 1);
    }

    private static boolean run(FaultCase fault, int rate) throws IOException, InterruptedException, SQLException {
        System.out.println("== " + fault.name());
        Path launcher = Path.of(System.getProperty("carabiner.home", ".")).resolve("carabiner");
        Path folder = Files.createTempDirectory("carabiner-fault");
        boolean kept;
        try (fault;
                World world = World.start(folder, launcher, 1, fault.setup(folder))) {
            kept = live(fault, world, rate);
        }
        if (kept) {
            World.delete(folder);
        } else {
            System.out.println("the node's files and log are in " + folder);
        }
        return kept;
    }

    private static boolean live(FaultCase fault, World world, int rate)
            throws IOException, InterruptedException, SQLException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger starts = new AtomicInteger();
        Thread keeper = Thread.ofPlatform().start(() -> keep(world, over, starts));
        try (Load load = Load.start(world, rate)) {
            TimeUnit.SECONDS.sleep(CALM_SECONDS);
            int before = world.nodeLog().length();
            fault.happen(world);
            TimeUnit.SECONDS.sleep(CALM_SECONDS);
            tell(world.nodeLog().substring(fault instanceof FaultCase.LogDiskFull ? 0 : before));
            System.out.println(
                    "%d requests asked; the node was started again %d times".formatted(load.asked(), starts.get()));
        }
        boolean kept = Audit.of(world).afterDrain();
        over.set(true);
        keeper.join();
        return kept;
    }

    private static void keep(World world, AtomicBoolean over, AtomicInteger starts) {
        try {
            while (!over.get()) {
                if (!world.nodeLives()) {
                    world.keepNode();
                    starts.incrementAndGet();
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the console said, each code once with how often. */
    private static void tell(String log) {
        Map<String, List<String>> lines = new TreeMap<>();
        log.lines().forEach(line -> {
            Matcher said = SAID.matcher(line);
            if (said.find()) {
                lines.computeIfAbsent(said.group(2), code -> new ArrayList<>())
                        .add(line.strip().replaceAll(" +", " "));
            }
        });
        lines.values().forEach(said -> System.out.println("  %3d x %s".formatted(said.size(), cut(said.getFirst()))));
    }

    private static String cut(String line) {
        return line.length() <= LINE_CHARS_MAX ? line : line.substring(0, LINE_CHARS_MAX) + "…";
    }
}
