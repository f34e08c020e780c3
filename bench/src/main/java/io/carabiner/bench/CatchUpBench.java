package io.carabiner.bench;

import io.carabiner.primitives.Juels;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A node that was away: the chain grew by many blocks with many requests meanwhile, and the endpoint allows
 * only so many
 * calls a second and blocks a query. How long until all requests are stored, how long until all are answered, with how
 * many calls, and whether any was lost or answered twice.
 *
 * <p>Started by {@code ./campaign catch-up}. Talks only to servers it starts itself on loopback, and ends by
 * itself: with
 * 1 if a request was lost, answered twice, or not answered in time.
 */
public final class CatchUpBench {

    private static final String USAGE = "usage: ./campaign catch-up [--blocks 50000] [--requests 20000]"
            + " [--range 2000] [--calls-per-second 25] [--minutes 90]";

    private static final Juels PAYMENT = new Juels(BigInteger.TEN.pow(17));

    /** So many requests are sent before the chain is made to grow on. */
    private static final int BURST = 100;

    private static final long LOOK_EVERY_MILLIS = 500;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIB_PER_MIB = 1024.0;

    /**
     * What is measured.
     *
     * @param blocks by which the chain grows
     * @param requests spread evenly over them
     * @param range blocks that the endpoint allows in one query
     * @param callsPerSecond that the endpoint allows
     * @param patience for all of it to be stored and answered
     */
    private record Plan(int blocks, int requests, long range, int callsPerSecond, Duration patience) {

        static Plan parse(String... arguments) {
            Plan plan = new Plan(50_000, 20_000, 2_000, 25, Duration.ofMinutes(90));
            if (arguments.length % 2 != 0) {
                throw new IllegalArgumentException(USAGE);
            }
            for (int i = 0; i < arguments.length; i += 2) {
                plan = plan.with(arguments[i], Integer.parseInt(arguments[i + 1]));
            }
            return plan;
        }

        private Plan with(String option, int value) {
            return switch (option) {
                case "--blocks" -> new Plan(value, requests, range, callsPerSecond, patience);
                case "--requests" -> new Plan(blocks, value, range, callsPerSecond, patience);
                case "--range" -> new Plan(blocks, requests, value, callsPerSecond, patience);
                case "--calls-per-second" -> new Plan(blocks, requests, range, value, patience);
                case "--minutes" -> new Plan(blocks, requests, range, callsPerSecond, Duration.ofMinutes(value));
                default -> throw new IllegalArgumentException("unknown option " + option + "; " + USAGE);
            };
        }
    }

    private final World world;
    private final Plan plan;
    private final ChainLog log;
    private final long deadline;

    private CatchUpBench(World world, Plan plan) {
        this.world = world;
        this.plan = plan;
        this.log = new ChainLog(world.anvil(), world.contracts().deployment().operator());
        this.deadline = System.nanoTime() + plan.patience().toNanos();
    }

    /** Runs it once. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        Path launcher = Path.of(System.getProperty("carabiner.home", ".")).resolve("carabiner");
        Plan plan = Plan.parse(arguments);
        Path folder = Files.createTempDirectory("carabiner-bench");
        boolean good;
        try (World world = World.limited(folder, launcher, plan.callsPerSecond(), plan.range())) {
            good = new CatchUpBench(world, plan).run();
        } finally {
            World.delete(folder);
        }
        if (!good) {
            System.exit(1);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        world.stopNode();
        long before = log.block();
        grow();
        long target = log.block();
        System.out.println(
                "while the node was away: %d blocks, %d requests asked".formatted(target - before, plan.requests()));
        LimitedEndpoint endpoint = world.limits();
        long callsBefore = endpoint.calls();
        long start = System.nanoTime();
        world.startNode();
        boolean stored = await(() -> world.metric("log_poller_blocks_inserted") >= target - before
                && world.metric("log_poller_logs_inserted") >= plan.requests());
        System.out.println(("caught up: %s after %.1f s, %d calls, %d requests stored;"
                        + " refused by the endpoint: %d requests (429), %d ranges")
                .formatted(
                        stored ? "yes" : "NO",
                        since(start),
                        endpoint.calls() - callsBefore,
                        (long) world.metric("log_poller_logs_inserted"),
                        endpoint.refusedRequests(),
                        endpoint.refusedRanges()));
        boolean answered =
                await(() -> world.contracts().answerCount().compareTo(BigInteger.valueOf(plan.requests())) >= 0);
        return verdict(start, stored && answered, before + 1, endpoint.calls() - callsBefore);
    }

    private boolean verdict(long start, boolean inTime, long from, long calls) {
        double took = since(start);
        Map<String, Long> requests = log.requests(from);
        Map<String, Integer> answers = log.answers(from);
        long lost = requests.keySet().stream()
                .filter(id -> !answers.containsKey(id))
                .count();
        long doubled = answers.values().stream().filter(count -> count > 1).count();
        ProcessUsage usage = world.usage();
        System.out.println(("answered: %d of %d after %.1f s, %d calls in all; lost %d, answered twice %d;"
                        + " CPU %.1f s, RSS %.0f MB; calls since the endpoint began %s, refused %d requests")
                .formatted(
                        answers.size(),
                        requests.size(),
                        took,
                        calls,
                        lost,
                        doubled,
                        usage.cpu().toMillis() / 1000.0,
                        usage.residentKib() / KIB_PER_MIB,
                        world.limits().callsByMethod(),
                        world.limits().refusedRequests()));
        return inTime && lost == 0 && doubled == 0 && requests.size() == plan.requests();
    }

    /** Bursts of requests with empty blocks between them. */
    private void grow() {
        int bursts = Math.max(1, (plan.requests() + BURST - 1) / BURST);
        for (int burst = 0; burst < bursts; burst++) {
            ask(Math.min(BURST, plan.requests() - burst * BURST));
            int blocks = plan.blocks() / bursts;
            world.anvil().call("anvil_mine", "0x" + Integer.toHexString(Math.max(1, blocks)));
        }
    }

    private void ask(int count) {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long nonce = world.nextNonce();
                senders.execute(() -> world.contracts().send(nonce, world.jobId(), PAYMENT, world.question()));
            }
        }
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private boolean await(Condition condition) throws IOException, InterruptedException {
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        return true;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }
}
