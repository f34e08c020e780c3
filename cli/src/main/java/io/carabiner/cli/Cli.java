package io.carabiner.cli;

import io.carabiner.primitives.FaultException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line: the program's own flags, the commands that talk to a running node, and room for others.
 *
 * <p>Names, flags, order of flags, texts and exit codes are those of the Go node's command line 2.15
 * (core/cmd), so that scripts go on working: 0, or 1 for every failure, or 3 for a word that is no command.
 *
 * <p>Belongs to the thread that calls {@link #run}. Nothing is read, opened or connected before a command needs it.
 */
public final class Cli {

    private static final String JSON = "--json";
    private static final String URL = "--remote-node-url";
    private static final String SKIP_VERIFY = "--insecure-skip-verify";
    private static final String CREDENTIALS = "--admin-credentials-file";
    private static final String CONFIG = "--config";
    private static final String SECRETS = "--secrets";

    private final Surroundings surroundings;
    private final BuildInfo build;
    private final CommandLine root;
    private @Nullable GlobalOptions globals;

    /**
     * The commands that talk to a node.
     *
     * @param program what the program is called in its help
     */
    public Cli(String program, Surroundings surroundings, BuildInfo build) {
        this.surroundings = surroundings;
        this.build = build;
        this.root = new CommandLine(rootSpec(program, new Context(surroundings, build, this::globals)));
    }

    /** The program itself; commands that are not the API's are added to it before {@link #run}. */
    public CommandLine root() {
        return root;
    }

    /**
     * What was said before the first command.
     *
     * @throws IllegalStateException outside a running command
     */
    public GlobalOptions globals() {
        GlobalOptions read = globals;
        if (read == null) {
            throw new IllegalStateException("the flags are known only while a command runs");
        }
        return read;
    }

    private static CommandSpec rootSpec(String program, Context context) {
        CommandSpec spec = CommandSpec.create().name(program);
        spec.usageMessage()
                .description("Answers requests of smart contracts. Flags of the program stand before the command.");
        spec.addOption(OptionSpec.builder("-j", JSON)
                .type(boolean.class)
                .arity("0")
                .description("print results as JSON instead of tables")
                .build());
        spec.addOption(
                value("FILE", "log in with the mail address and password in this file when needed", CREDENTIALS));
        spec.addOption(value("URL", "where the node answers (default " + GlobalOptions.DEFAULT_NODE_URL + ")", URL));
        spec.addOption(OptionSpec.builder(SKIP_VERIFY)
                .type(boolean.class)
                .arity("0")
                .description("accept any TLS certificate of the node")
                .build());
        spec.addOption(files("-c", CONFIG));
        spec.addOption(files("-s", SECRETS));
        addCommands(spec, context);
        return spec;
    }

    private static void addCommands(CommandSpec spec, Context context) {
        spec.addSubcommand("admin", AdminCommands.group(context));
        spec.addSubcommand("attempts", TransactionCommands.attempts(context));
        spec.addSubcommand("audit", AuditCommands.group(context));
        spec.addSubcommand("blocks", BlockCommands.group(context));
        spec.addSubcommand("bridges", BridgeCommands.group(context));
        spec.addSubcommand("chains", ChainCommands.chains(context));
        spec.addSubcommand("completion", CompletionCommand.verb(context).spec());
        spec.addSubcommand("config", NodeConfigCommands.group(context));
        spec.addSubcommand("forwarders", ForwarderCommands.group(context));
        spec.addSubcommand("health", HealthCommand.verb(context).spec());
        spec.addSubcommand("initiators", InitiatorCommands.group(context));
        spec.addSubcommand("jobs", JobCommands.group(context));
        spec.addSubcommand("keys", EthKeyCommands.group(context));
        spec.addSubcommand("nodes", ChainCommands.nodes(context));
        spec.addSubcommand("rpc", RpcCommands.group(context));
        spec.addSubcommand("runs", RunCommands.group(context));
        spec.addSubcommand("txs", TransactionCommands.transactions(context));
        spec.addSubcommand(
                "help-all",
                Verb.of("help-all", "List all commands", context, Cli::helpAll).spec());
    }

    private static OptionSpec value(String label, String description, String name) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static OptionSpec files(String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .hidden(true)
                .build();
    }

    /**
     * Does what a command line says.
     *
     * @return what the process shall exit with
     */
    public int run(String... arguments) {
        prepare();
        try {
            return switch (GoArguments.read(root, arguments)) {
                case GoArguments.Help help -> printHelp(help.command());
                case GoArguments.Version version -> printVersion();
                case GoArguments.Command command -> root.execute(command.words().toArray(String[]::new));
            };
        } catch (UsageException e) {
            return printUsage(e);
        } catch (CliException e) {
            return printFailure(e);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    private void prepare() {
        root.setExpandAtFiles(false);
        root.setPosixClusteredShortOptionsAllowed(false);
        root.setOverwrittenOptionsAllowed(true);
        root.setExecutionStrategy(parsed -> {
            globals = read(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        root.setExecutionExceptionHandler((fault, command, parsed) -> printFailure(fault));
        root.setParameterExceptionHandler((fault, words) ->
                printUsage(UsageException.malformed(fault.getCommandLine(), String.valueOf(fault.getMessage()))));
    }

    private GlobalOptions read(ParseResult parsed) {
        return new GlobalOptions(
                parsed.hasMatchedOption(JSON),
                text(parsed, URL, "CLIENT_NODE_URL", GlobalOptions.DEFAULT_NODE_URL),
                parsed.hasMatchedOption(SKIP_VERIFY)
                        || surroundings
                                .variable("INSECURE_SKIP_VERIFY")
                                .filter("true"::equals)
                                .isPresent(),
                text(parsed, CREDENTIALS, "ADMIN_CREDENTIALS_FILE", ""),
                paths(parsed, CONFIG),
                paths(parsed, SECRETS));
    }

    private String text(ParseResult parsed, String option, String variable, String otherwise) {
        String given = parsed.matchedOptionValue(option, "");
        return given.isEmpty() ? surroundings.variable(variable).orElse(otherwise) : given;
    }

    private List<Path> paths(ParseResult parsed, String option) {
        List<String> none = List.of();
        return parsed.matchedOptionValue(option, none).stream()
                .map(surroundings::resolve)
                .toList();
    }

    private int printHelp(CommandLine command) {
        help(command, surroundings.out());
        return 0;
    }

    private int printVersion() {
        surroundings.out().println(root.getCommandName() + " version " + build);
        return 0;
    }

    private int printUsage(UsageException fault) {
        PrintStream out = surroundings.out();
        if (fault.malformed()) {
            out.println("Incorrect Usage" + (fault.command() == root ? ". " : ": ") + fault.reason());
            out.println();
        }
        help(fault.command(), out);
        surroundings.err().println("Error running app: " + fault.reason());
        return CliException.FAILED;
    }

    private void help(CommandLine command, PrintStream out) {
        Ansi colours = surroundings.terminal().isInteractive() ? Ansi.ON : Ansi.OFF;
        PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
        command.usage(writer, colours);
        writer.flush();
    }

    private int printFailure(Exception fault) {
        PrintStream err = surroundings.err();
        switch (fault) {
            case CliException failed when failed.isSilent() -> {}
            case FaultException told -> err.println(told.getMessage());
            default -> err.println("Error running app: " + fault);
        }
        return fault instanceof CliException failed ? failed.exitCode() : CliException.FAILED;
    }

    private static void helpAll(Invocation call) {
        Map<String, String> lines = new TreeMap<>();
        collect(call.root(), new ArrayList<>(), lines);
        lines.forEach((path, description) -> call.out().println(path + " # " + description));
    }

    private static void collect(CommandLine command, List<String> path, Map<String, String> lines) {
        for (Map.Entry<String, CommandLine> entry : command.getSubcommands().entrySet()) {
            CommandSpec spec = entry.getValue().getCommandSpec();
            if (spec.usageMessage().hidden() || !entry.getKey().equals(spec.name())) {
                continue;
            }
            List<String> below = new ArrayList<>(path);
            below.add(spec.name());
            lines.put(
                    String.join(" ", below),
                    String.join(" ", spec.usageMessage().description()));
            collect(entry.getValue(), below, lines);
        }
    }
}
