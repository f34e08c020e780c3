package io.carabiner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ./campaign fuzz}: feeds made-up bytes to all that reads the words of strangers, one target after the other, in
 * a process of its own. It begins with the inputs in bench/corpus; what it adds stays in target/fuzz, and an input that
 * brings a fault to light is put into bench/corpus, where {@code ./check} replays it for ever.
 */
public final class FuzzCampaign {

    private static final String USAGE = "usage: ./campaign fuzz [--seconds 60] [--target dot]";
    private static final int LENGTH_MAX_BYTES = 4096;

    private FuzzCampaign() {}

    /** Exits with 1 if a fault was found. */
    public static void main(String... arguments) throws Exception {
        Path home = Path.of(System.getProperty("carabiner.home", "."));
        int seconds = 60;
        List<FuzzTarget> targets = List.of(FuzzTarget.values());
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(USAGE);
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--seconds" -> seconds = Integer.parseInt(value);
                case "--target" ->
                    targets = targets.stream()
                            .filter(target -> target.label().equals(value))
                            .toList();
                default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        boolean allHeld = !targets.isEmpty();
        for (FuzzTarget target : targets) {
            boolean held = fuzz(home, target, seconds);
            System.out.println(target.label() + ": " + (held ? "no fault in " + seconds + " s" : "FAULT"));
            allHeld &= held;
        }
        System.exit(allHeld ? 0 : 1);
    }

    private static boolean fuzz(Path home, FuzzTarget target, int seconds) throws Exception {
        Path corpus = home.resolve("bench/corpus").resolve(target.label());
        Path grown = Files.createDirectories(home.resolve("target/fuzz").resolve(target.label()));
        Path faults = Files.createDirectories(home.resolve("target/fuzz-faults").resolve(target.label()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx768m",
                "-D" + FuzzEntry.TARGET + "=" + target.name(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=io.carabiner.bench.FuzzEntry",
                "--instrumentation_includes=io.carabiner.**",
                // The HTTP target connects to loopback on purpose.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                "--reproducer_path=" + faults,
                "-max_total_time=" + seconds,
                "-max_len=" + LENGTH_MAX_BYTES,
                "-rss_limit_mb=0",
                "-artifact_prefix=" + faults + "/",
                grown.toString(),
                corpus.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        home.resolve("target/fuzz-" + target.label() + ".log").toFile())
                .start();
        boolean held = process.waitFor() == 0;
        keep(faults, corpus);
        return held;
    }

    private static void keep(Path faults, Path corpus) throws IOException {
        try (Stream<Path> found = Files.list(faults)) {
            for (Path fault : found.filter(file -> file.getFileName().toString().startsWith("crash-"))
                    .toList()) {
                Files.copy(
                        fault, corpus.resolve(fault.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
