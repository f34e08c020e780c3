package io.carabiner.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Questions to the one who types. Belongs to one thread. */
final class Prompt {

    private static final int LINE_LIMIT_BYTES = 65_536;

    /** Takes the question off the screen, so that the answer does not stay there. */
    private static final String CLEAR_LINE = "\r" + " ".repeat(60) + "\r";

    private final PrintStream out;
    private final InputStream in;
    private final Terminal terminal;

    Prompt(Surroundings surroundings) {
        this.out = surroundings.out();
        this.in = surroundings.in();
        this.terminal = surroundings.terminal();
    }

    /** Asks for a line that may be seen. */
    String line(String question) {
        out.print(question);
        out.flush();
        String answer = readLine();
        out.print(CLEAR_LINE);
        return answer;
    }

    /** Asks for something that must not be seen. */
    String secret(String question) {
        if (!terminal.isInteractive()) {
            out.print("inappropriate ioctl for device");
            throw CliException.silent();
        }
        out.print(question);
        out.flush();
        String answer = terminal.readHidden();
        out.print(CLEAR_LINE);
        return answer;
    }

    /** Asks until the answer is yes or no. */
    boolean confirm() {
        while (true) {
            String answer = line("Are you sure? This action is irreversible! (yes/no) ");
            if (answer.equals("yes") || answer.equals("no")) {
                return answer.equals("yes");
            }
            out.println(answer + " is not valid. Please type yes or no");
        }
    }

    private String readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            if (next < 0) {
                out.print("EOF");
                throw CliException.silent();
            }
            while (next >= 0 && next != '\n' && line.size() < LINE_LIMIT_BYTES) {
                line.write(next);
                next = in.read();
            }
            return line.toString(StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
