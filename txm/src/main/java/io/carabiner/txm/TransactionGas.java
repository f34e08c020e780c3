package io.carabiner.txm;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What transactions may spend. */
public final class TransactionGas {

    private TransactionGas() {}

    /** The gas limits with which the transactions of these task runs were asked for; tasks without one are left out. */
    public static Map<UUID, Long> limits(Handle sql, Collection<UUID> taskRuns) {
        Map<UUID, Long> limits = new HashMap<>();
        sql.createQuery("SELECT pipeline_task_run_id, gas_limit FROM carabiner.txes"
                        + " WHERE pipeline_task_run_id = ANY(:tasks)")
                .bindArray("tasks", UUID.class, taskRuns.toArray())
                .map((row, context) ->
                        Map.entry(row.getObject("pipeline_task_run_id", UUID.class), row.getLong("gas_limit")))
                .forEach(entry -> limits.put(entry.getKey(), entry.getValue()));
        return limits;
    }
}
