package io.carabiner.cli;

/** Where a person types. */
public interface Terminal {

    /** Whether a person sees what is printed. */
    boolean isInteractive();

    /**
     * Reads a line without showing it.
     *
     * @throws CliException if there is no terminal, or it was closed
     */
    String readHidden();

    /** That of this process. */
    static Terminal ofProcess() {
        return new ProcessTerminal();
    }
}
