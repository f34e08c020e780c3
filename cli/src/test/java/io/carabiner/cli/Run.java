package io.carabiner.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One call of the command line within the test's process. */
final class Run {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private BuildInfo build = new BuildInfo("2.15.0", "dee09c782c17de1e37e3a1cf625d430330532c6d");
    private String stdin = "";
    private Deque<String> typed = new ArrayDeque<>();
    private boolean interactive;
    private int exit = -1;

    Run(Path folder) {
        this.folder = folder;
    }

    Run with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Run build(BuildInfo other) {
        build = other;
        return this;
    }

    Run piped(String text) {
        stdin = text;
        return this;
    }

    /** In a terminal, with these lines typed: some that are seen, then some that are not. */
    Run typing(List<String> seen, List<String> hidden) {
        interactive = true;
        stdin = String.join("\n", seen) + "\n";
        typed = new ArrayDeque<>(hidden);
        return this;
    }

    Run call(String... arguments) {
        Surroundings surroundings = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                terminal(),
                environment,
                folder,
                Surroundings.cacheFolder("Linux", environment, folder));
        exit = new Cli("carabiner", surroundings, build).run(arguments);
        return this;
    }

    private Terminal terminal() {
        return new Terminal() {
            @Override
            public boolean isInteractive() {
                return interactive;
            }

            @Override
            public String readHidden() {
                return typed.remove();
            }
        };
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    int exit() {
        return exit;
    }
}
