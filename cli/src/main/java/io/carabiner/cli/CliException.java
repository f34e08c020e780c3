package io.carabiner.cli;

import io.carabiner.primitives.FaultException;

/**
 * A command that failed, with the text and the exit code for the one who typed it.
 *
 * <p>The texts are those of the Go node's command line where it has one for the same failure.
 */
public final class CliException extends FaultException {

    private static final long serialVersionUID = 1L;

    /** What a refused or failed command exits with. */
    static final int FAILED = 1;

    /** What a command exits with that only looks and found something to do. */
    static final int CHANGES_PENDING = 2;

    /** What an unknown command exits with. */
    static final int UNKNOWN_COMMAND = 3;

    private static final String APP_PREFIX = "Error running app: ";

    private final int exitCode;

    private CliException(String code, String message, int exitCode) {
        super(code, message);
        this.exitCode = exitCode;
    }

    /** A failure whose text stands alone. */
    public static CliException failed(String message) {
        return new CliException("COMMAND_FAILED", message, FAILED);
    }

    /** A failure that the Go node reports on behalf of the whole program. */
    static CliException appFailed(String message) {
        return new CliException("COMMAND_FAILED", APP_PREFIX + message, FAILED);
    }

    /** A word that names no command. */
    static CliException unknownCommand(String word) {
        return new CliException("COMMAND_UNKNOWN", "No help topic for '" + word + "'", UNKNOWN_COMMAND);
    }

    /** A failure that was told already. */
    static CliException silent() {
        return new CliException("COMMAND_FAILED", "", FAILED);
    }

    /** Nothing failed: there is something to do, and that was told. */
    static CliException changesPending() {
        return new CliException("COMMAND_CHANGES_PENDING", "", CHANGES_PENDING);
    }

    boolean isSilent() {
        return String.valueOf(getMessage()).isEmpty();
    }

    /** What the process exits with. */
    public int exitCode() {
        return exitCode;
    }
}
