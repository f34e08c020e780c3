package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.cli.Surroundings;
import io.carabiner.database.ProgramVersion;
import io.carabiner.doctor.Doctor;
import io.carabiner.doctor.Finding;
import io.carabiner.doctor.Finding.Verdict;
import io.carabiner.primitives.TimeSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code doctor}: everything a node would meet, with what to do. Not a command of the Go node. */
final class DoctorCommand {

    private final SourceFlags flags;
    private final Surroundings surroundings;
    private final BuildInfo build;

    DoctorCommand(SourceFlags flags, Surroundings surroundings, BuildInfo build) {
        this.flags = flags;
        this.surroundings = surroundings;
        this.build = build;
    }

    CommandSpec spec() {
        CommandSpec[] self = new CommandSpec[1];
        self[0] = SourceFlags.withFlags(CommandSpecs.command(
                "doctor",
                "Check configuration, database, endpoints, keys and machine, and say what to do",
                parsed -> run(self[0], parsed),
                CommandSpecs.text("FILE", "text file holding the password for the node's keys", "-p", "--password"),
                CommandSpecs.flag("show only what is not well", "--failing", "-f"),
                CommandSpecs.flag("print the findings as JSON", "-j", "--json")));
        return self[0];
    }

    private int run(CommandSpec self, ParseResult parsed) {
        List<Finding> findings = Doctor.look(
                flags.sources(self, flags.path(parsed, "--password"), Optional.empty()),
                ProgramVersion.parse(build.version()),
                TimeSource.system());
        List<Finding> shown = findings.stream()
                .filter(finding -> !parsed.hasMatchedOption("--failing") || finding.verdict() != Verdict.OK)
                .toList();
        if (flags.cli().globals().json() || parsed.hasMatchedOption("--json")) {
            surroundings.out().println(json(shown));
        } else {
            shown.forEach(this::print);
            surroundings.out().println(summary(findings));
        }
        return count(findings, Verdict.FAIL) == 0 ? 0 : 1;
    }

    private void print(Finding finding) {
        String subject = finding.subject().isEmpty() ? "" : finding.subject() + ": ";
        surroundings
                .out()
                .println(
                        "%-4s  %-8s  %s%s".formatted(word(finding.verdict()), finding.area(), subject, finding.what()));
        finding.advice().lines().forEach(line -> surroundings.out().println("                → " + line.strip()));
    }

    private static String word(Verdict verdict) {
        return verdict == Verdict.OK ? "ok" : verdict.name();
    }

    private static String summary(List<Finding> findings) {
        return "%d ok, %d to know, %d to mend"
                .formatted(count(findings, Verdict.OK), count(findings, Verdict.WARN), count(findings, Verdict.FAIL));
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static String json(List<Finding> findings) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        findings.forEach(finding -> list.addObject()
                .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
                .put("area", finding.area())
                .put("subject", finding.subject())
                .put("what", finding.what())
                .put("advice", finding.advice()));
        return list.toPrettyString();
    }
}
