package io.carabiner.node;

import io.carabiner.cli.CliException;
import io.carabiner.cli.Surroundings;
import io.carabiner.config.ConfigExplainer;
import io.carabiner.config.ConfigSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code config explain} and {@code config diff}: what a setting is, and what was changed. The Go node has neither. */
final class ExplainCommands {

    private final Surroundings surroundings;
    private final Supplier<ConfigSources> sources;

    ExplainCommands(Surroundings surroundings, Supplier<ConfigSources> sources) {
        this.surroundings = surroundings;
        this.sources = sources;
    }

    CommandSpec explain() {
        CommandSpec spec = command("explain", keys -> {
            if (keys.isEmpty()) {
                throw CliException.failed("Must pass a key, such as EVM.GasEstimator.PriceMax, or a section");
            }
            keys.forEach(key -> surroundings.out().print(ConfigExplainer.explain(sources.get(), key)));
        });
        return described(
                spec,
                "Explain a key: what it does, its default, its value and where that was set",
                "KEY",
                "a key or a section, in any case",
                "carabiner -c config.toml config explain EVM.GasEstimator.PriceMax",
                "carabiner -c config.toml config explain 'EVM[137].Nodes'");
    }

    CommandSpec diff() {
        CommandSpec spec = command("diff", files -> surroundings.out().print(difference(files)));
        return described(
                spec,
                "Show what is set otherwise than the defaults, or how two files differ",
                "FILE",
                "none, or two configuration files",
                "carabiner -c config.toml config diff",
                "carabiner config diff old.toml new.toml");
    }

    private String difference(List<String> files) {
        return switch (files.size()) {
            case 0 -> ConfigExplainer.diff(sources.get());
            case 2 -> ConfigExplainer.diff(alone(files.get(0)), alone(files.get(1)));
            default -> throw CliException.failed("Must pass no file, or two configuration files");
        };
    }

    private ConfigSources alone(String file) {
        return ConfigSources.of(List.of(surroundings.resolve(file)), List.of(), Map.of());
    }

    /** A command whose action is given the words that were typed behind it. */
    private static CommandSpec command(String name, Consumer<List<String>> action) {
        List<CommandSpec> self = new ArrayList<>();
        Callable<Integer> body = () -> {
            action.accept(words(self.getFirst()));
            return 0;
        };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(body).name(name);
        self.add(spec);
        return spec;
    }

    private static List<String> words(CommandSpec spec) {
        List<String> none = List.of();
        CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
        return parsed.matchedPositionals().isEmpty() ? none : parsed.matchedPositionalValue(0, none);
    }

    private static CommandSpec described(
            CommandSpec spec, String description, String label, String about, String... examples) {
        spec.usageMessage().description(description);
        spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .description(about)
                .build());
        spec.usageMessage().footer(footer(examples));
        return spec;
    }

    private static String[] footer(String... examples) {
        String[] lines = new String[examples.length + 2];
        lines[0] = "";
        lines[1] = "For example:";
        for (int i = 0; i < examples.length; i++) {
            lines[i + 2] = "  " + examples[i].replace("%", "%%");
        }
        return lines;
    }
}
