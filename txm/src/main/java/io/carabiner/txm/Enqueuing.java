package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests into the queue inside an open write transaction: the keys chosen, the limit kept, doubles recognised.
 * Two statements, and a third where there are doubles or refusals.
 */
final class Enqueuing {

    private static final String INSERT = """
            WITH input AS MATERIALIZED (
                SELECT place, nextval(pg_get_serial_sequence('carabiner.txes', 'id')) AS id, from_address, to_address,
                       data, value, gas, meta, task, wish, confirmations, fail, signal, subject, list
                FROM unnest(:froms, :tos, :datas, :values, :gas, :metas, :tasks, :wishes, :confirmations, :fails,
                    :signals, :subjects, :lists)
                    WITH ORDINALITY AS r (from_address, to_address, data, value, gas, meta, task, wish, confirmations,
                                          fail, signal, subject, list, place)),
            stored AS (
                INSERT INTO carabiner.txes
                    (id, evm_chain_id, from_address, to_address, encoded_payload, value, gas_limit, state, meta,
                     pipeline_task_run_id, idempotency_key, min_confirmations, fail_on_revert, signal_callback,
                     subject, access_list)
                SELECT id, :chain, from_address, to_address, data, value, gas, 'unstarted', meta::jsonb, task, wish,
                       confirmations, fail, signal, subject, list::jsonb
                FROM input ORDER BY place
                ON CONFLICT DO NOTHING
                RETURNING id)
            SELECT stored.id FROM input LEFT JOIN stored ON stored.id = input.id ORDER BY input.place""";

    private final ChainId chain;
    private final long queuedMax;
    private final KeyRotation rotation;
    private final Forwarding forwarding;

    Enqueuing(ChainId chain, long queuedMax, KeyRotation rotation, Forwarding forwarding) {
        this.chain = chain;
        this.queuedMax = queuedMax;
        this.rotation = rotation;
        this.forwarding = forwarding;
    }

    /**
     * What became of each request.
     *
     * @param keys that have something new in their queue
     * @param dropped ids of queued transactions that newer ones have pushed out
     */
    record Result(List<EnqueueOutcome> outcomes, Set<Address> keys, List<Long> dropped) {}

    Result enqueue(Handle sql, List<Address> enabled, List<TransactionRequest> requests) {
        List<Long> dropped = OldestDropping.drop(sql, chain, requests);
        Map<Address, Long> queued = queuedMax == 0 ? Map.of() : queued(sql, enabled);
        Map<Address, Long> lengths = new HashMap<>(queued);
        List<EnqueueOutcome> outcomes = new ArrayList<>();
        List<Chosen> chosen = new ArrayList<>();
        for (int place = 0; place < requests.size(); place++) {
            outcomes.add(choose(requests.get(place), place, enabled, lengths, chosen));
        }
        insert(sql, chosen, outcomes);
        recogniseDoubles(sql, requests, outcomes);
        Set<Address> woken = new HashSet<>();
        chosen.stream()
                .filter(one -> outcomes.get(one.place()) instanceof EnqueueOutcome.Queued)
                .forEach(one -> woken.add(one.from()));
        return new Result(outcomes, woken, dropped);
    }

    /** A request with its key. */
    private record Chosen(int place, Address from, TransactionRequest request) {

        boolean signals() {
            return request.pipelineTaskRunId().isPresent()
                    && request.minConfirmations().orElse(1) > 0;
        }

        @Nullable
        UUID subject() {
            return request.options()
                    .dropOldest()
                    .map(SendingOptions.DropOldest::subject)
                    .orElse(null);
        }

        @Nullable
        String accessList() {
            List<AccessListEntry> entries = request.options().accessList();
            return entries.isEmpty() ? null : AccessListJson.write(entries);
        }

        @Nullable
        Integer confirmations() {
            return request.minConfirmations().isPresent()
                    ? (Integer) request.minConfirmations().getAsInt()
                    : null;
        }
    }

    /** Adds to {@code chosen}, or says why not; the outcome of a chosen one is filled in later. */
    private EnqueueOutcome choose(
            TransactionRequest request,
            int place,
            List<Address> enabled,
            Map<Address, Long> lengths,
            List<Chosen> chosen) {
        List<Address> candidates = request.from().isEmpty()
                ? enabled
                : enabled.stream().filter(request.from()::contains).toList();
        if (candidates.isEmpty()) {
            return new EnqueueOutcome.Refused("NO_SENDING_KEY", noKey(request));
        }
        List<Address> withRoom = candidates.stream()
                .filter(key -> queuedMax == 0 || lengths.getOrDefault(key, 0L) < queuedMax)
                .toList();
        Optional<Address> from = rotation.next(withRoom);
        if (from.isEmpty()) {
            return new EnqueueOutcome.Refused("QUEUE_FULL", queueFull(lengths.get(candidates.getFirst())));
        }
        lengths.merge(from.get(), 1L, Long::sum);
        chosen.add(new Chosen(place, from.get(), forwarding.wrap(from.get(), request)));
        return new EnqueueOutcome.Queued(0);
    }

    private String noKey(TransactionRequest request) {
        return "no sending keys available for chain " + chain
                + (request.from().isEmpty() ? "" : " that match whitelist: " + request.from());
    }

    private String queueFull(@Nullable Long length) {
        return "cannot create transaction; too many unstarted transactions in the queue (" + length + "/" + queuedMax
                + "): raise EVM.Transactions.MaxQueued, add keys, or see why transactions are not being mined";
    }

    private Map<Address, Long> queued(Handle sql, List<Address> keys) {
        Map<Address, Long> lengths = new HashMap<>();
        Query query = sql.createQuery("""
                SELECT from_address, count(*) AS length FROM carabiner.txes
                WHERE evm_chain_id = :chain AND state = 'unstarted' AND from_address = ANY (:keys)
                GROUP BY from_address""").bind("chain", new BigDecimal(chain.value()));
        SqlArrays.of(sql, query, keys)
                .bytes("keys", Address::bytes)
                .statement()
                .map((row, context) -> lengths.put(RowReader.address(row, "from_address"), row.getLong("length")))
                .list();
        return lengths;
    }

    private void insert(Handle sql, List<Chosen> chosen, List<EnqueueOutcome> outcomes) {
        if (chosen.isEmpty()) {
            return;
        }
        Query insert = sql.createQuery(INSERT).bind("chain", new BigDecimal(chain.value()));
        List<Optional<Long>> ids = SqlArrays.of(sql, insert, chosen)
                .bytes("froms", one -> one.from().bytes())
                .bytes("tos", one -> one.request().to().bytes())
                .bytes("datas", one -> one.request().data())
                .wei("values", one -> one.request().value())
                .longs("gas", one -> one.request().gasLimit())
                .texts("metas", one -> one.request().meta().orElse(null))
                .uuids("tasks", one -> one.request().pipelineTaskRunId().orElse(null))
                .texts("wishes", one -> one.request().idempotencyKey().orElse(null))
                .ints("confirmations", Chosen::confirmations)
                .booleans("fails", one -> one.request().failOnRevert())
                .booleans("signals", Chosen::signals)
                .uuids("subjects", Chosen::subject)
                .texts("lists", Chosen::accessList)
                .statement()
                .map((row, context) -> id(row))
                .list();
        for (int i = 0; i < chosen.size(); i++) {
            EnqueueOutcome outcome = ids.get(i)
                    .<EnqueueOutcome>map(EnqueueOutcome.Queued::new)
                    .orElseGet(() -> new EnqueueOutcome.Refused("DOUBLE", "a transaction like it is there already"));
            outcomes.set(chosen.get(i).place(), outcome);
        }
    }

    private static Optional<Long> id(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        return row.wasNull() ? Optional.empty() : Optional.of(id);
    }

    /** What was refused but stored before is simply there. */
    private static void recogniseDoubles(Handle sql, List<TransactionRequest> requests, List<EnqueueOutcome> outcomes) {
        List<TransactionRequest> refused = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            if (outcomes.get(i) instanceof EnqueueOutcome.Refused) {
                refused.add(requests.get(i));
            }
        }
        if (refused.isEmpty()) {
            return;
        }
        Known known = known(sql, refused);
        for (int i = 0; i < requests.size(); i++) {
            Optional<Long> id = known.id(requests.get(i));
            if (outcomes.get(i) instanceof EnqueueOutcome.Refused && id.isPresent()) {
                outcomes.set(i, new EnqueueOutcome.AlreadyThere(id.get()));
            }
        }
    }

    /** Ids of stored transactions by what identifies them. */
    private record Known(Map<UUID, Long> byTask, Map<String, Long> byWish) {

        Optional<Long> id(TransactionRequest request) {
            return request.pipelineTaskRunId().map(byTask::get).or(() -> request.idempotencyKey()
                    .map(byWish::get));
        }
    }

    private static Known known(Handle sql, List<TransactionRequest> requests) {
        Known known = new Known(new HashMap<>(), new HashMap<>());
        Query query = sql.createQuery("""
                SELECT id, pipeline_task_run_id, idempotency_key FROM carabiner.txes
                WHERE pipeline_task_run_id = ANY (:tasks) OR idempotency_key = ANY (:wishes)""");
        SqlArrays.of(sql, query, requests)
                .uuids("tasks", request -> request.pipelineTaskRunId().orElse(null))
                .texts("wishes", request -> request.idempotencyKey().orElse(null))
                .statement()
                .map((row, context) -> remember(known, row))
                .list();
        return known;
    }

    private static boolean remember(Known known, ResultSet row) throws SQLException {
        long id = row.getLong("id");
        RowReader.optionalUuid(row, "pipeline_task_run_id")
                .ifPresent(task -> known.byTask().put(task, id));
        RowReader.optionalText(row, "idempotency_key")
                .ifPresent(wish -> known.byWish().put(wish, id));
        return true;
    }
}
