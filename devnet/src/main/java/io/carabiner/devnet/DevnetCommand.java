package io.carabiner.devnet;

import io.carabiner.devnet.DevnetContracts.Question;
import io.carabiner.devnet.Requests.Answered;
import io.carabiner.localservers.ChainRpc;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carabiner devnet …}: what a person does with a development network that runs in another terminal. */
@Command(
        name = "devnet",
        description = "Works with the development network that `carabiner up` runs.",
        mixinStandardHelpOptions = true,
        subcommands = {DevnetCommand.Request.class, DevnetCommand.Status.class, DevnetCommand.Stop.class})
public final class DevnetCommand {

    /** The folder, and one sentence where something is in the way. */
    @Command(mixinStandardHelpOptions = true)
    abstract static class Verb implements Callable<Integer> {

        @Option(names = "--dir", description = "The network's folder. Default: ~/.carabiner/devnet")
        private @Nullable Path dir;

        @Override
        public Integer call() {
            try {
                return run(DevnetFolder.of(Optional.ofNullable(dir).orElseGet(DevnetFolder::usual)));
            } catch (FaultException e) {
                System.err.println("carabiner devnet: " + e.getMessage());
                return 1;
            }
        }

        abstract int run(DevnetFolder folder);

        static long runner(DevnetFolder folder) {
            return folder.runner()
                    .orElseThrow(() -> new DevnetException(
                            "NOT_RUNNING",
                            "No development network runs in " + folder.root() + ": start it with `carabiner up"
                                    + folder.flag() + "`."));
        }

        static DevnetState state(DevnetFolder folder) {
            return DevnetState.load(folder)
                    .filter(state -> state.contracts().isPresent())
                    .orElseThrow(() -> new DevnetException(
                            "NOT_READY", "The development network in " + folder.root() + " is still starting."));
        }

        static DevnetContracts contracts(DevnetState state) {
            ChainRpc chain = new ChainRpc(local(state.ports().chain()));
            Address owner = Address.fromHex(chain.call("eth_accounts").get(0).asString());
            return new DevnetContracts(chain, owner, state.contracts().orElseThrow());
        }

        static URI local(int port) {
            return URI.create("http://127.0.0.1:" + port);
        }
    }

    /** Sends a request and waits for the answer. */
    @Command(name = "request", description = "Sends a request from the consumer and waits for the answer.")
    static final class Request extends Verb {

        @Option(names = "--url", description = "A page that answers with JSON. Default: the network's price page")
        private @Nullable String url;

        @Option(names = "--path", description = "Keys that lead to the number, with commas. Default: ${DEFAULT-VALUE}")
        private String path = "data,price";

        @Option(names = "--times", description = "What the number is multiplied by. Default: ${DEFAULT-VALUE}")
        private long times = 100;

        @Override
        int run(DevnetFolder folder) {
            runner(folder);
            DevnetState state = state(folder);
            NodeFolder node = new NodeFolder(folder.node());
            String asked = Optional.ofNullable(url)
                    .orElse(Devnet.usualQuestion(state.ports().prices()).url());
            Question question = new Question(asked, path, times);
            try (NodeApi api = NodeApi.login(local(state.ports().node()), node.login())) {
                DevnetContracts contracts = contracts(state);
                Answered answered = new Requests(
                                contracts,
                                api,
                                state.externalJobId(),
                                node.files().log(),
                                TimeSource.system())
                        .ask(question);
                System.out.print(Report.answer(answered, question, contracts.withdrawable()));
            }
            return 0;
        }
    }

    /** Tells what runs. */
    @Command(name = "status", description = "Tells what runs and what the consumer holds.")
    static final class Status extends Verb {
        @Override
        int run(DevnetFolder folder) {
            long process = runner(folder);
            DevnetState state = state(folder);
            DevnetContracts contracts = contracts(state);
            System.out.printf(
                    "A development network runs in %s (process %d).%n"
                            + "  node        %s%n  chain       %s%n  prices      %s%n  database    127.0.0.1:%d%n"
                            + "  answers     %s in the consumer, %s LINK earned%n",
                    folder.root(),
                    process,
                    local(state.ports().node()),
                    local(state.ports().chain()),
                    Devnet.usualQuestion(state.ports().prices()).url(),
                    state.ports().postgres(),
                    contracts.answerCount(),
                    Report.link(contracts.withdrawable()));
            return 0;
        }
    }

    /** Stops it as Ctrl-C does. */
    @Command(name = "stop", description = "Stops the network, as Ctrl-C in its terminal does.")
    static final class Stop extends Verb {

        private static final int STOP_SECONDS = 60;

        @Override
        int run(DevnetFolder folder) {
            long process = runner(folder);
            Optional<ProcessHandle> handle = ProcessHandle.of(process);
            if (handle.isPresent()) {
                handle.get().destroy();
                awaitEnd(handle.get());
            }
            System.out.println("Stopped.");
            return 0;
        }

        private static void awaitEnd(ProcessHandle process) {
            try {
                process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new DevnetException(
                        "STOP_SLOW", "Process " + process.pid() + " does not stop: end it with kill -9.", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DevnetException("INTERRUPTED", "Stopped while waiting.", e);
            }
        }
    }
}
