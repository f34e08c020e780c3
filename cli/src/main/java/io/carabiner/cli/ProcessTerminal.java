package io.carabiner.cli;

import java.io.Console;
import java.util.Arrays;
import java.util.Optional;

/** The terminal this process was started in, if any. */
final class ProcessTerminal implements Terminal {

    @Override
    public boolean isInteractive() {
        return console().isPresent();
    }

    @Override
    public String readHidden() {
        Console console = console().orElseThrow(() -> CliException.failed("inappropriate ioctl for device"));
        char[] typed = Optional.ofNullable(console.readPassword()).orElseThrow(() -> CliException.failed("EOF"));
        String text = new String(typed);
        Arrays.fill(typed, ' ');
        return text;
    }

    private static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
