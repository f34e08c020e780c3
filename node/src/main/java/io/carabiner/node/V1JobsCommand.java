package io.carabiner.node;

import io.carabiner.cli.Cli;
import io.carabiner.cli.CliException;
import io.carabiner.cli.OwnerFiles;
import io.carabiner.cli.Surroundings;
import io.carabiner.migrate.Conversion;
import io.carabiner.migrate.ConversionException;
import io.carabiner.migrate.ConvertedJob;
import io.carabiner.migrate.NotConverted;
import io.carabiner.migrate.V1Document;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code jobs convert-v1}: prints the JSON jobs of a Go node before 1.0.0 as job specs of today. Needs no running node.
 * Not a command of the Go node.
 */
final class V1JobsCommand {

    private static final String NAME = "convert-v1";
    private static final String OUTPUT = "--output";
    private static final String CHAIN = "--evm-chain-id";
    private static final String JSON = "--json";
    private static final String STANDARD_OUTPUT = "-";

    /** UTF-8 takes at most this many bytes a character that counts for the limit of the room. */
    private static final int MAX_BYTES = 3 * V1Document.MAX_CHARACTERS;

    private final Cli cli;
    private final Surroundings surroundings;

    V1JobsCommand(Cli cli, Surroundings surroundings) {
        this.cli = cli;
        this.surroundings = surroundings;
    }

    /** Adds the command to the group {@code jobs}. */
    void addTo(CommandSpec jobs) {
        List<CommandSpec> self = new ArrayList<>();
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Callable<Integer>)
                        () -> run(self.getFirst().commandLine().getParseResult()))
                .name(NAME);
        self.add(spec);
        spec.usageMessage()
                .description("Print version 1 jobs (JSON) as job specs of today, and what has no counterpart");
        spec.addOption(option("DIR", "write each spec into a file of this folder; - prints them", OUTPUT));
        spec.addOption(option("ID", "the chain that the old node was on (default 1)", CHAIN));
        spec.addOption(OptionSpec.builder(JSON)
                .type(boolean.class)
                .arity("0")
                .description("print {converted, notConverted} as JSON")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel("FILE")
                .description("the JSON of one job, of a list of jobs, or what the old node's API answered")
                .build());
        jobs.addSubcommand(NAME, spec);
    }

    private static OptionSpec option(String label, String description, String name) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    private int run(CommandLine.ParseResult parsed) {
        List<String> files = parsed.matchedPositionalValue(0, List.of());
        if (files.size() != 1) {
            throw CliException.failed("give one file: jobs convert-v1 FILE");
        }
        String chain = parsed.matchedOptionValue(CHAIN, "");
        Conversion conversion = conversion(files.getFirst(), chainId(chain));
        String output = parsed.matchedOptionValue(OUTPUT, STANDARD_OUTPUT);
        if (!output.equals(STANDARD_OUTPUT)) {
            write(surroundings.resolve(output), conversion.converted());
        }
        if (parsed.hasMatchedOption(JSON) || cli.globals().json()) {
            surroundings.out().println(json(conversion));
        } else if (output.equals(STANDARD_OUTPUT)) {
            print(conversion.converted());
        }
        tell(conversion, chain);
        return 0;
    }

    private static BigInteger chainId(String text) {
        if (text.isEmpty()) {
            return BigInteger.ONE;
        }
        if (!text.matches("[0-9]{1,20}")) {
            throw CliException.failed(CHAIN + " is not the number of a chain: " + text);
        }
        return new BigInteger(text);
    }

    private Conversion conversion(String file, BigInteger chainId) {
        try {
            return Conversion.of(read(file), chainId);
        } catch (ConversionException e) {
            throw CliException.failed(file + ": " + e.getMessage());
        }
    }

    private String read(String file) {
        try (InputStream content = Files.newInputStream(surroundings.resolve(file))) {
            byte[] bytes = content.readNBytes(MAX_BYTES + 1);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", file, e));
        }
    }

    private void print(List<ConvertedJob> jobs) {
        for (ConvertedJob job : jobs) {
            if (jobs.size() > 1) {
                surroundings.out().println("# ---- " + job.name().replaceAll("\\p{Cntrl}", " "));
            }
            surroundings.out().print(job.toml());
        }
    }

    private void tell(Conversion conversion, String chain) {
        for (NotConverted remark : conversion.notConverted()) {
            surroundings.err().println("# " + remark.path() + ": " + remark.reason());
        }
        if (chain.isEmpty() && !conversion.converted().isEmpty()) {
            surroundings
                    .err()
                    .println("# The specs are for chain 1: give " + CHAIN + " if the old node was on another.");
        }
        surroundings
                .err()
                .println("# " + conversion.converted().size() + " specs written, "
                        + conversion.notConverted().size() + " remarks.");
    }

    private static String json(Conversion conversion) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        var converted = answer.putArray("converted");
        conversion
                .converted()
                .forEach(job -> converted.addObject().put("name", job.name()).put("toml", job.toml()));
        var notConverted = answer.putArray("notConverted");
        conversion
                .notConverted()
                .forEach(remark ->
                        notConverted.addObject().put("path", remark.path()).put("reason", remark.reason()));
        return answer.toPrettyString();
    }

    /** Nothing is overwritten: if one of the files is there already, none is written. */
    private static void write(Path folder, List<ConvertedJob> jobs) {
        Map<Path, String> files = new LinkedHashMap<>();
        for (ConvertedJob job : jobs) {
            files.put(free(folder, fileName(job.name()), files), job.toml());
        }
        Path current = folder;
        try {
            Files.createDirectories(folder);
            for (Path file : files.keySet()) {
                current = file;
                if (Files.exists(file)) {
                    throw new FileAlreadyExistsException(file.toString());
                }
            }
            for (Map.Entry<Path, String> file : files.entrySet()) {
                current = file.getKey();
                Files.writeString(file.getKey(), file.getValue(), StandardOpenOption.CREATE_NEW);
            }
        } catch (FileAlreadyExistsException e) {
            throw CliException.failed(current + " exists already: choose an empty folder");
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("write", current.toString(), e));
        }
    }

    private static Path free(Path folder, String name, Map<Path, String> taken) {
        Path file = folder.resolve(name + ".toml");
        for (int i = 2; taken.containsKey(file); i++) {
            file = folder.resolve(name + "-" + i + ".toml");
        }
        return file;
    }

    private static String fileName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]+", "-");
        return plain.substring(0, Math.min(plain.length(), 100));
    }
}
