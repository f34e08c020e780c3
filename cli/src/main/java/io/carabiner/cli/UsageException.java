package io.carabiner.cli;

import java.io.Serial;
import picocli.CommandLine;

/** A command line that cannot be understood: the command's help is shown with it. */
final class UsageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient CommandLine command;
    private final boolean malformed;
    private final String reason;

    private UsageException(CommandLine command, String reason, boolean malformed) {
        super(reason);
        this.command = command;
        this.reason = reason;
        this.malformed = malformed;
    }

    /** A flag that does not exist, has no value, or a value that cannot be read. */
    static UsageException malformed(CommandLine command, String reason) {
        return new UsageException(command, reason, true);
    }

    /** A flag that must be there and is not. */
    static UsageException incomplete(CommandLine command, String reason) {
        return new UsageException(command, reason, false);
    }

    CommandLine command() {
        return command;
    }

    String reason() {
        return reason;
    }

    boolean malformed() {
        return malformed;
    }
}
