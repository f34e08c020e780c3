package io.carabiner.cli;

import java.util.function.Supplier;

/**
 * What the commands of one command line share. Belongs to the thread that runs the command.
 */
final class Context {

    private final Surroundings surroundings;
    private final BuildInfo build;
    private final Supplier<GlobalOptions> globals;

    Context(Surroundings surroundings, BuildInfo build, Supplier<GlobalOptions> globals) {
        this.surroundings = surroundings;
        this.build = build;
        this.globals = globals;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    BuildInfo build() {
        return build;
    }

    GlobalOptions globals() {
        return globals.get();
    }

    NodeClient node() {
        return NodeClient.of(globals(), surroundings);
    }
}
