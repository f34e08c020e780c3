package io.carabiner.devnet;

import io.carabiner.devnet.DevnetContracts.Question;
import io.carabiner.devnet.Requests.Answered;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code carabiner up}: from nothing to an answered request, then running until it is stopped. Exits 0 after an orderly
 * end, 1 where something is in the way, with one sentence on standard error.
 */
@Command(
        name = "up",
        description = "Starts a development network, sends a request and shows the answer; runs until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final NodeLauncher launcher;
    private final TimeSource time = TimeSource.system();

    @Option(names = "--dir", description = "The folder everything lives in. Default: ~/.carabiner/devnet")
    private @Nullable Path dir;

    @Option(names = "--once", description = "Stop after the answer; exit 0, or 1 without an answer.")
    private boolean once;

    @Option(names = "--reset", description = "Delete what earlier runs left in the folder first.")
    private boolean reset;

    /** The command, with a way to start a node. */
    public UpCommand(NodeLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        Progress progress = new Progress(System.out, time);
        Running running = new Running(System.err::println);
        Thread hook = new Thread(() -> stopFromOutside(running, progress), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (running) {
            return run(progress, running);
        } catch (FaultException e) {
            return refused(String.valueOf(e.getMessage()), running);
        } catch (RuntimeException e) {
            return refused("Unexpected: " + e + ". The logs are in " + folder().root(), running);
        }
    }

    private int run(Progress progress, Running running) {
        DevnetFolder folder = folder();
        running.start(folder::take);
        if (reset) {
            folder.reset();
        }
        progress.done("folder", folder.root().toString());
        Devnet net = Devnet.start(folder, launcher, progress, running, time);
        Question question = Devnet.usualQuestion(net.prices().port());
        Answered answered = net.requests().ask(question);
        net.chain().saveState();
        progress.done("answer", answered.value().toString());
        progress.say(Report.summary(net, answered, progress.seconds()));
        return once ? 0 : runOn(net, running);
    }

    private int runOn(Devnet net, Running running) {
        while (!running.isHalted()) {
            Waiting.pause(time, LOOK_EVERY);
            String lost = net.lostPart();
            if (!lost.isEmpty()) {
                return refused(lost, running);
            }
        }
        return 0;
    }

    private static int refused(String message, Running running) {
        if (!running.isHalted()) {
            System.err.println("carabiner up: " + message);
        }
        return 1;
    }

    private static void stopFromOutside(Running running, Progress progress) {
        if (!running.isStopped()) {
            progress.say("\nStopping...");
        }
        running.halt();
    }

    private DevnetFolder folder() {
        return DevnetFolder.of(Optional.ofNullable(dir).orElseGet(DevnetFolder::usual));
    }
}
