package io.carabiner.bench;

import io.carabiner.primitives.Juels;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The documented direct-request job at several rates: answered a second, head seen to transaction sent, processor time
 * a request, memory, JSON-RPC calls a block. The set-up is that of the Go node's measurements.
 *
 * <p>Started by {@code ./campaign direct-request}. Sends only to servers it starts itself on loopback, for a bounded
 * time.
 */
public final class DirectRequestBench {

    private static final Juels PAYMENT = new Juels(BigInteger.TEN.pow(17));
    private static final Duration DRAIN_MAX = Duration.ofSeconds(60);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIB_PER_MIB = 1024.0;

    private final World world;
    private final ChainLog log;

    private DirectRequestBench(World world) {
        this.world = world;
        this.log = new ChainLog(world.anvil(), world.contracts().deployment().operator());
    }

    /** Runs all phases and prints one line each. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        Path launcher = Path.of(System.getProperty("carabiner.home", ".")).resolve("carabiner");
        Options options = Options.parse(launcher, arguments);
        Path folder = Files.createTempDirectory("carabiner-bench");
        Setup setup = Setup.USUAL.withFurtherEndpoints(options.endpoints() - 1);
        try (World world = World.start(folder, options.launcher(), options.keys(), setup)) {
            DirectRequestBench bench = new DirectRequestBench(world);
            System.out.println(
                    "start on an empty database to /readyz 200: %.2f s".formatted(seconds(world.startTook())));
            bench.idle(options.idle());
            bench.warmUp(options);
            for (int rate : options.ratesPerSecond()) {
                bench.phase(rate, options);
            }
        } finally {
            World.delete(folder);
        }
    }

    private void idle(Duration length) throws InterruptedException {
        // The first heads find the node still compiling: they are not counted.
        TimeUnit.SECONDS.sleep(5);
        long block = log.block();
        long calls = world.watch().calls();
        ProcessUsage before = world.usage();
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
        long blocks = Math.max(1, log.block() - block);
        ProcessUsage after = world.usage();
        System.out.println("idle: %.2f JSON-RPC calls a block, CPU %.1f ms a block, RSS %.0f MB"
                .formatted(
                        (double) (world.watch().calls() - calls) / blocks,
                        (double) after.cpu().minus(before.cpu()).toMillis() / blocks,
                        after.residentKib() / KIB_PER_MIB));
    }

    /** So that the code is compiled before anything is measured, as in a node that has run for some hours. */
    private void warmUp(Options options) throws InterruptedException {
        if (options.warmUp().isPositive()) {
            long from = log.block() + 1;
            drain(from, ask(options.ratesPerSecond().getFirst(), options.warmUp()));
        }
    }

    private void phase(int rate, Options options) throws InterruptedException {
        try (SilentEndpoint trouble = SilentEndpoint.begin(world, options.faults())) {
            phase(rate, options.phase());
            trouble.report();
        }
    }

    private void phase(int rate, Duration length) throws InterruptedException {
        long from = log.block() + 1;
        ProcessUsage before = world.usage();
        Map<String, Long> callsBefore = world.watch().callsByMethod();
        long start = System.nanoTime();
        int asked = ask(rate, length);
        long answered = drain(from, asked);
        double took = (System.nanoTime() - start) / NANOS_PER_SECOND;
        ProcessUsage after = world.usage();
        long doubled =
                log.answers(from).values().stream().filter(count -> count > 1).count();
        Map<String, Long> requests = log.requests(from);
        Sample latency = world.watch().headToSent(requests);
        System.out.println(
                ("%3d/s asked: %d sent, %d on chain, %d answered (%d twice) in %.1f s = %.1f/s; head to sent p50 %.0f"
                                + " ms,"
                                + " p99 %.0f ms, max %.0f ms; CPU %.1f ms a request; RSS %.0f MB; RPC %s")
                        .formatted(
                                rate,
                                asked,
                                requests.size(),
                                answered,
                                doubled,
                                took,
                                answered / took,
                                latency.percentile(0.5),
                                latency.percentile(0.99),
                                latency.percentile(1),
                                (double) after.cpu().minus(before.cpu()).toMillis() / Math.max(1, answered),
                                after.residentKib() / KIB_PER_MIB,
                                difference(callsBefore, world.watch().callsByMethod())));
    }

    /** Sends at a steady rate, whatever the answers do. */
    private int ask(int rate, Duration length) throws InterruptedException {
        int count = Math.toIntExact(rate * length.toSeconds());
        long start = System.nanoTime();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long due = start + (long) (i * NANOS_PER_SECOND / rate);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                long nonce = world.nextNonce();
                senders.execute(() -> world.contracts().send(nonce, world.jobId(), PAYMENT, world.question()));
            }
        }
        return count;
    }

    private long drain(long from, int asked) throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN_MAX.toNanos();
        long answered = log.answers(from).size();
        while (answered < asked && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
            answered = log.answers(from).size();
        }
        return answered;
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> difference = new TreeMap<>();
        after.forEach((method, count) -> difference.put(method, count - before.getOrDefault(method, 0L)));
        difference.values().removeIf(count -> count == 0);
        return difference;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
