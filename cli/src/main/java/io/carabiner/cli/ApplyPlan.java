package io.carabiner.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be done so that a node has the jobs that files describe. Pure: a function of the files and the node's
 * jobs. With any fault nothing may be done.
 *
 * @param changes in the order in which they are to be done: updates, creations, deletions
 * @param faults in the order of the files
 * @param findings what is allowed in the files and most likely not meant
 */
record ApplyPlan(List<Change> changes, List<Located> faults, List<Located> findings) {

    /**
     * A text about a file.
     *
     * @param line from 1; 0 where there is no place
     */
    record Located(String file, int line, int column, String message) {

        @Override
        public String toString() {
            return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
        }
    }

    /** What the node says of a specification. */
    record Verdict(Optional<String> name, Optional<String> externalId, List<Located> faults, List<Located> findings) {}

    /**
     * A file with a specification.
     *
     * @param verdict empty where the node has a job with this very text
     */
    record SpecFile(String path, String text, Optional<Verdict> verdict) {}

    /** A job of the node. */
    record Stored(String id, String name, String externalId, String type, String text) {}

    /** One job. */
    sealed interface Change {

        /** A job that is not there. */
        record Create(SpecFile file) implements Change {}

        /** A job that has another specification. */
        record Update(SpecFile file, Stored job) implements Change {}

        /** A job that is as it should be. */
        record Keep(SpecFile file, Stored job) implements Change {}

        /** A job that no file describes. */
        record Delete(Stored job) implements Change {}
    }

    boolean changesAnything() {
        return changes.stream().anyMatch(change -> !(change instanceof Change.Keep));
    }

    /**
     * A plan.
     *
     * @param prune whether jobs that no file describes are deleted
     */
    static ApplyPlan of(List<SpecFile> files, List<Stored> jobs, boolean prune) {
        Matching matching = new Matching(jobs);
        // A job with the very text of a file is that file's, whatever else would fit it.
        files.stream().filter(file -> file.verdict().isEmpty()).forEach(matching::keep);
        files.forEach(file -> file.verdict().ifPresent(verdict -> matching.match(file, verdict)));
        return matching.plan(prune);
    }

    /** Whether the node has a job with this very text that no earlier file has. */
    static boolean isThere(String text, List<Stored> jobs, Set<String> taken) {
        return jobs.stream()
                .filter(job -> job.text().equals(text))
                .map(Stored::id)
                .anyMatch(taken::add);
    }

    private static final class Matching {

        private final List<Stored> jobs;
        private final List<Change> updates = new ArrayList<>();
        private final List<Change> creations = new ArrayList<>();
        private final List<Change> kept = new ArrayList<>();
        private final List<Located> faults = new ArrayList<>();
        private final List<Located> findings = new ArrayList<>();
        private final Map<String, String> fileOfJob = new HashMap<>();
        private final Map<String, String> fileOfNewName = new HashMap<>();

        Matching(List<Stored> jobs) {
            this.jobs = jobs;
        }

        void keep(SpecFile file) {
            jobs.stream()
                    .filter(job -> job.text().equals(file.text()) && !fileOfJob.containsKey(job.id()))
                    .findFirst()
                    .ifPresent(job -> {
                        fileOfJob.put(job.id(), file.path());
                        kept.add(new Change.Keep(file, job));
                    });
        }

        void match(SpecFile file, Verdict verdict) {
            findings.addAll(verdict.findings());
            if (!verdict.faults().isEmpty()) {
                faults.addAll(verdict.faults());
                return;
            }
            if (verdict.name().isEmpty() && verdict.externalId().isEmpty()) {
                refuse(file, "the job needs a name or an externalJobID: without one it is not found again");
                return;
            }
            Optional<Stored> job = find(verdict);
            verdict.name().ifPresent(name -> checkName(file, name, job));
            if (job.isEmpty()) {
                checkNew(file, verdict);
                creations.add(new Change.Create(file));
            } else {
                take(file, job.get());
            }
        }

        private void refuse(SpecFile file, String message) {
            faults.add(new Located(file.path(), 0, 0, message));
        }

        private Optional<Stored> find(Verdict verdict) {
            Optional<Stored> byId = verdict.externalId().flatMap(id -> jobs.stream()
                    .filter(job -> job.externalId().equals(id))
                    .findFirst());
            return byId.or(() -> verdict.name()
                    .flatMap(name ->
                            jobs.stream().filter(job -> job.name().equals(name)).findFirst()));
        }

        /** Names are unique among jobs, also while the changes are done one by one. */
        private void checkName(SpecFile file, String name, Optional<Stored> job) {
            jobs.stream()
                    .filter(other ->
                            other.name().equals(name) && !Optional.of(other).equals(job))
                    .findFirst()
                    .ifPresent(other -> refuse(
                            file,
                            "the name " + Json.quote(name) + " is that of job " + other.id()
                                    + ": rename or delete that job first"));
        }

        private void checkNew(SpecFile file, Verdict verdict) {
            Set<String> keys = new HashSet<>();
            verdict.name().ifPresent(name -> keys.add("name " + Json.quote(name)));
            verdict.externalId().ifPresent(id -> keys.add("externalJobID " + id));
            for (String key : keys) {
                String other = fileOfNewName.putIfAbsent(key, file.path());
                if (other != null) {
                    refuse(file, "the " + key + " is also in " + other);
                }
            }
        }

        private void take(SpecFile file, Stored job) {
            String other = fileOfJob.putIfAbsent(job.id(), file.path());
            if (other == null) {
                updates.add(new Change.Update(file, job));
            } else {
                refuse(file, "job " + job.id() + " is also described by " + other);
            }
        }

        ApplyPlan plan(boolean prune) {
            List<Change> changes = new ArrayList<>(kept);
            changes.addAll(updates);
            changes.addAll(creations);
            if (prune) {
                jobs.stream()
                        .filter(job -> !fileOfJob.containsKey(job.id()))
                        .forEach(job -> changes.add(new Change.Delete(job)));
            }
            return new ApplyPlan(changes, faults, findings);
        }
    }
}
