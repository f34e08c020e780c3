package io.carabiner.jobs;

import io.carabiner.database.WriteTransaction;
import io.carabiner.values.PipelineValue;
import java.util.Optional;
import java.util.UUID;

/**
 * The SQL of jobs that are being deleted. The job is gone with one short transaction; its runs, which may be millions,
 * and at last its row are removed page by page, by whichever process comes to it.
 */
final class DeletedJobs {

    private DeletedJobs() {}

    /**
     * Takes a job off every list: its name and id are free at once, its runs that are under way end and send nothing
     * more, and its requests that wait are not answered.
     *
     * @return false if there is no such job
     */
    static boolean mark(WriteTransaction tx, int id, String reason) {
        int marked = tx.sql().execute("""
                        UPDATE carabiner.jobs SET deleted_at = now(), name = NULL, external_job_id = ?
                        WHERE id = ? AND deleted_at IS NULL""", UUID.randomUUID(), id);
        if (marked == 0) {
            return false;
        }
        RequestStore.refuseWaiting(tx, id, reason);
        tx.sql()
                .createUpdate("""
                        UPDATE carabiner.runs SET state = 'errored', finished_at = now(), outputs = '[null]',
                            all_errors = :errors::json, fatal_errors = :errors::json
                        WHERE job_id = :job AND state IN ('running', 'suspended')""")
                .bind("errors", "[" + PipelineValue.text(reason).toJson() + "]")
                .bind("job", id)
                .execute();
        return true;
    }

    /** One of those that are not removed yet. */
    static Optional<Integer> next(WriteTransaction tx) {
        return tx.sql()
                .createQuery("SELECT id FROM carabiner.jobs WHERE deleted_at IS NOT NULL ORDER BY deleted_at LIMIT 1")
                .mapTo(Integer.class)
                .findOne();
    }

    /**
     * Removes a page of what belongs to a job, and the job once nothing does.
     *
     * @return how many rows went; 0 when the job itself is gone
     */
    static int removePage(WriteTransaction tx, int id, int limit) {
        int runs = tx.sql()
                .execute(
                        "DELETE FROM carabiner.runs WHERE id IN"
                                + " (SELECT id FROM carabiner.runs WHERE job_id = ? ORDER BY id LIMIT ?)",
                        id,
                        limit);
        int requests = runs > 0
                ? 0
                : tx.sql()
                        .execute(
                                "UPDATE carabiner.direct_requests SET job_id = NULL WHERE id IN"
                                        + " (SELECT id FROM carabiner.direct_requests WHERE job_id = ? LIMIT ?)",
                                id,
                                limit);
        if (runs + requests == 0) {
            JobStore.erase(tx, id);
        }
        return runs + requests;
    }
}
