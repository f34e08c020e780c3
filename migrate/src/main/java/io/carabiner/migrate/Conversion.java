package io.carabiner.migrate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What became of a file of version 1 jobs (Go node before 1.0.0, core/store/models/job_spec.go). Pure, immutable.
 *
 * <p>A job is converted whole or not at all. What a converted job does otherwise than before is listed too, so that
 * nothing changes its meaning unseen.
 *
 * @param converted the specs, in the order of the file; one for each initiator of a job
 * @param notConverted what could not be converted, and what is different
 */
public record Conversion(List<ConvertedJob> converted, List<NotConverted> notConverted) {

    /** Copies the lists. */
    public Conversion {
        converted = List.copyOf(converted);
        notConverted = List.copyOf(notConverted);
    }

    /**
     * Converts a file: one job, a list of jobs, or what the API of a Go node answered about jobs.
     *
     * @param json the file's text, at most {@link V1Document#MAX_CHARACTERS}
     * @param chainId the chain that the old node was on; a version 1 job does not name its chain
     * @throws ConversionException if the text is not JSON, is too large or too deep, or holds no job
     */
    public static Conversion of(String json, BigInteger chainId) {
        List<ConvertedJob> converted = new ArrayList<>();
        List<NotConverted> remarks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Located job : V1Document.jobs(json)) {
            JsonNode initiators = job.node().path("initiators");
            int count = initiators.isArray() ? initiators.size() : 0;
            if (count == 0) {
                remarks.add(new NotConverted(job.child("initiators").path(), "the job has no initiator"));
            }
            for (int i = 0; i < count; i++) {
                Remarks own = new Remarks();
                String name = uniqueName(job, names, converted.size() + 1);
                Optional<String> toml = new JobConversion(job, i, name, chainId, own).toml();
                toml.ifPresent(text -> {
                    names.add(name);
                    converted.add(new ConvertedJob(name, text));
                });
                own.all().stream().filter(remark -> !remarks.contains(remark)).forEach(remarks::add);
            }
        }
        return new Conversion(converted, remarks);
    }

    private static String uniqueName(Located job, Set<String> taken, int position) {
        String wanted = job.text("name").filter(name -> !name.isBlank()).orElse("job-" + position);
        String name = wanted;
        for (int i = 2; taken.contains(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }
}
