package io.carabiner.jobs;

import java.time.Instant;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants done, as read from a spec. Each {@link JobType} has its own record. Immutable.
 */
public interface JobSpec {

    /** What every type has. */
    JobHeader header();

    /** The name of the type in specs: {@code directrequest}. */
    String type();

    /** Whether the task runs of a run without any error are kept; its outputs always are. */
    default boolean keepsTaskRuns() {
        return true;
    }

    /**
     * The type's own fields as the API shows them, in the Go node's names and order. Values are texts, numbers,
     * booleans, instants, nulls, and lists and maps of these.
     *
     * @param createdAt when the job was stored
     */
    SequencedMap<String, @Nullable Object> attributes(Instant createdAt);
}
