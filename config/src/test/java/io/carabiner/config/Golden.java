package io.carabiner.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One recorded call of the Go node's {@code node validate}. */
record Golden(String name, Path folder) {

    static final Path ROOT = Path.of("src/test/resources/golden");

    private static final Pattern FILE_FLAG = Pattern.compile("\"(-[cs])\",\"([^\"]+)\"");
    private static final Pattern VARIABLE = Pattern.compile("\"([A-Z_]+)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    static Golden named(String name) {
        return new Golden(name, ROOT.resolve("v2.15").resolve(name));
    }

    static List<String> names() {
        try (Stream<Path> folders = Files.list(ROOT.resolve("v2.15"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        return text(folder.resolve("expected.txt"));
    }

    String error() {
        return text(folder.resolve("stderr.txt"));
    }

    boolean valid() {
        return text(folder.resolve("exit")).strip().equals("0");
    }

    ConfigCheck check() {
        return ConfigCheck.of(sources());
    }

    ConfigSources sources() {
        String call = text(folder.resolve("case.json"));
        var configs = new ArrayList<Path>();
        var secrets = new ArrayList<Path>();
        Matcher flag = FILE_FLAG.matcher(call);
        while (flag.find()) {
            (flag.group(1).equals("-c") ? configs : secrets).add(folder.resolve(flag.group(2)));
        }
        return ConfigSources.of(configs, secrets, env(call));
    }

    private static Map<String, String> env(String call) {
        var env = new HashMap<String, String>();
        Matcher variable = VARIABLE.matcher(call);
        while (variable.find()) {
            env.put(variable.group(1), variable.group(2).replace("\\n", "\n"));
        }
        return env;
    }

    /** The verdict of an output: its last part. */
    static String verdict(String output) {
        int valid = output.lastIndexOf("\nValid configuration.");
        int invalid = output.lastIndexOf("\nInvalid configuration: ");
        return output.substring(Math.max(valid, invalid) + 1)
                .replaceFirst("(?s)\nWhere:.*", "\n")
                .stripTrailing();
    }

    /** Everything before the effective configuration: secrets and input. */
    static String head(String output) {
        int end = output.indexOf("# Effective Configuration");
        return end < 0 ? output.substring(0, Math.max(0, output.lastIndexOf("Valid"))) : output.substring(0, end);
    }
}
