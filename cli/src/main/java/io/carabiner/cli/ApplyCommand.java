package io.carabiner.cli;

import io.carabiner.cli.ApplyPlan.Change;
import io.carabiner.cli.ApplyPlan.Located;
import io.carabiner.cli.ApplyPlan.SpecFile;
import io.carabiner.cli.ApplyPlan.Stored;
import io.carabiner.cli.ApplyPlan.Verdict;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code jobs apply}: gives the node the jobs that the files of a folder describe. */
final class ApplyCommand {

    /** How many files a folder may have. */
    static final int FILES_MAX = 10_000;

    private static final Duration RATE_PAUSE = Duration.ofSeconds(2);
    private static final int RATE_PAUSES_MAX = 60;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Invocation call;
    private final NodeClient node;

    private ApplyCommand(Invocation call) {
        this.call = call;
        this.node = call.node();
    }

    static Verb verb(Context context) {
        return Verb.of(
                        "apply",
                        "Give the node the jobs that the .toml files of a folder describe",
                        context,
                        invocation -> new ApplyCommand(invocation).run())
                .arguments("DIR", "the folder, with those in it; a job is known by its externalJobID, else by its name")
                .flag("only show what would be done; exits with 2 if there is anything", "dry-run")
                .flag("delete the jobs that no file describes", "prune")
                .example("carabiner jobs apply jobs/ --dry-run", "carabiner jobs apply jobs/ --prune");
    }

    private void run() {
        Path folder = call.surroundings().resolve(call.argument("must provide the folder with the specifications"));
        List<Path> paths = files(folder);
        ApplyPlan plan = plan(folder, paths);
        if (!plan.faults().isEmpty()) {
            refuse(plan);
        }
        boolean dry = call.flag("dry-run");
        if (!call.json()) {
            call.out().print(ApplyTexts.plan(plan));
        }
        int done = dry ? 0 : apply(plan);
        if (call.json()) {
            call.out().println(Json.pretty(ApplyTexts.json(plan, dry, done)));
        } else {
            call.out().println(ApplyTexts.summary(plan, dry));
        }
        if (dry && plan.changesAnything()) {
            throw CliException.changesPending();
        }
    }

    private void refuse(ApplyPlan plan) {
        if (call.json()) {
            call.out().println(Json.pretty(ApplyTexts.json(plan, call.flag("dry-run"), 0)));
        }
        List<String> lines =
                new ArrayList<>(plan.faults().stream().map(Located::toString).toList());
        lines.add("Nothing was changed.");
        throw CliException.failed(String.join("\n", lines));
    }

    /** In a fixed order, so that two runs say the same. */
    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw CliException.failed(folder + " is not a folder");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found = all.filter(Files::isRegularFile)
                    .filter(path -> path.getFileName().toString().endsWith(".toml"))
                    .sorted()
                    .limit(FILES_MAX + 1L)
                    .toList();
            if (found.isEmpty()) {
                throw CliException.failed("there is no .toml file in " + folder + "; nothing was changed");
            }
            if (found.size() > FILES_MAX) {
                throw CliException.failed("there are more than " + FILES_MAX + " .toml files in " + folder);
            }
            return found;
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", folder.toString(), e));
        }
    }

    private ApplyPlan plan(Path folder, List<Path> paths) {
        List<Stored> jobs = stored();
        Set<String> taken = new HashSet<>();
        List<SpecFile> files = new ArrayList<>();
        for (Path path : paths) {
            String name = folder.relativize(path).toString();
            files.add(file(name, path, jobs, taken));
        }
        return ApplyPlan.of(files, jobs, call.flag("prune"));
    }

    /** The node is asked about texts that it does not have. */
    private SpecFile file(String name, Path path, List<Stored> jobs, Set<String> taken) {
        Optional<String> text = text(path);
        if (text.isEmpty()) {
            Located fault = new Located(name, 0, 0, "the file is not text in UTF-8");
            return new SpecFile(
                    name, "", Optional.of(new Verdict(Optional.empty(), Optional.empty(), List.of(fault), List.of())));
        }
        return ApplyPlan.isThere(text.get(), jobs, taken)
                ? new SpecFile(name, text.get(), Optional.empty())
                : new SpecFile(name, text.get(), Optional.of(verdict(name, text.get())));
    }

    private static Optional<String> text(Path path) {
        try {
            return Optional.of(Files.readString(path, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw CliException.failed(OwnerFiles.describe("open", path.toString(), e));
        }
    }

    private Verdict verdict(String file, String text) {
        Answer answer = patiently(() -> node.post("/v2/jobs/lint", "{\"toml\":" + Json.quote(text) + "}"));
        if (answer.isRefused()) {
            throw CliException.failed(file + ": " + answer.refusal());
        }
        JsonNode report = answer.data().path("attributes");
        return new Verdict(
                JobLintCommand.text(report, "name"),
                JobLintCommand.text(report, "externalJobID"),
                JobLintCommand.located(file, report.path("faults")),
                JobLintCommand.located(file, report.path("findings")));
    }

    private List<Stored> stored() {
        List<Stored> jobs = new ArrayList<>();
        Optional<String> next = Optional.of("/v2/job_specs?page=1&size=1000");
        while (next.isPresent()) {
            String path = next.get();
            Answer answer = patiently(() -> node.get(path));
            answer.page().forEach(job -> jobs.add(stored(job)));
            next = JobLintCommand.text(answer.json().path("links"), "next");
        }
        return jobs;
    }

    private static Stored stored(JsonNode job) {
        return new Stored(
                job.path("id").asString(""),
                Output.attribute(job, "name"),
                Output.attribute(job, "externalJobID"),
                Output.attribute(job, "type"),
                Output.attribute(job, "toml"));
    }

    /** How many changes were done; stops at the first that is refused. */
    private int apply(ApplyPlan plan) {
        int done = 0;
        for (Change change : plan.changes()) {
            if (change instanceof Change.Keep) {
                continue;
            }
            Answer answer = patiently(() -> send(change));
            if (answer.isRefused()) {
                throw CliException.failed(ApplyTexts.word(change) + " " + ApplyTexts.subject(change) + ": "
                        + answer.refusal() + "\n" + done + " changes were done; put it right and apply again");
            }
            done++;
        }
        return done;
    }

    private Answer send(Change change) {
        return switch (change) {
            case Change.Create(SpecFile file) -> node.post("/v2/jobs", body(file));
            case Change.Update(SpecFile file, Stored job) -> node.put("/v2/jobs/" + job.id(), body(file));
            case Change.Delete(Stored job) -> node.delete("/v2/jobs/" + job.id());
            case Change.Keep ignored -> throw new IllegalStateException("nothing is sent for a job that stays");
        };
    }

    private static String body(SpecFile file) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("toml", file.text());
        return body.toString();
    }

    /** The node takes so many calls a minute; a large folder waits its turn. */
    private static Answer patiently(Supplier<Answer> ask) {
        Answer answer = ask.get();
        try {
            for (int i = 0; i < RATE_PAUSES_MAX && answer.status() == TOO_MANY_REQUESTS; i++) {
                TimeSource.system().sleep(RATE_PAUSE);
                answer = ask.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted");
        }
        return answer;
    }
}
