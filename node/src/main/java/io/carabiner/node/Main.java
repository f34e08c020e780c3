package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.cli.Cli;
import io.carabiner.cli.Surroundings;
import io.carabiner.devnet.DevnetCommand;
import io.carabiner.devnet.UpCommand;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/** The program. */
public final class Main {

    private static final String PROGRAM = "carabiner";

    private Main() {}

    /** Does what was typed, and ends the process with the command's exit code. */
    public static void main(String[] arguments) {
        System.exit(program(Surroundings.ofProcess()).run(arguments));
    }

    /** All commands: those that talk to a node, those that are one, and the development network. */
    static Cli program(Surroundings surroundings) {
        BuildInfo build = ThisBuild.read();
        Cli cli = new Cli(PROGRAM, surroundings, build);
        NodeCommands commands = new NodeCommands(cli, surroundings, build);
        cli.root().addSubcommand(commands.nodeGroup());
        commands.addTo(group(cli, "config"));
        new V1JobsCommand(cli, surroundings).addTo(group(cli, "jobs"));
        SourceFlags flags = new SourceFlags(cli, surroundings);
        cli.root().addSubcommand(new BackupCommands(flags, surroundings, build).group());
        new KeyBundleCommands(flags, surroundings, build).addTo(group(cli, "keys"));
        cli.root().addSubcommand(new DoctorCommand(flags, surroundings, build).spec());
        cli.root().addSubcommand(new UpgradeCommand(flags, surroundings, build).group());
        cli.root().addSubcommand("up", new UpCommand(files -> DevnetNode.launch(files, build)));
        cli.root().addSubcommand("devnet", new DevnetCommand());
        return cli;
    }

    private static CommandSpec group(Cli cli, String name) {
        return Objects.requireNonNull(cli.root().getSubcommands().get(name), name)
                .getCommandSpec();
    }
}
