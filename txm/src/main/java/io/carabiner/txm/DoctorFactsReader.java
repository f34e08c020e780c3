package io.carabiner.txm;

import io.carabiner.database.Database;
import io.carabiner.evm.Head;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.Wei;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects what is known about transactions and keys of a chain, from rows, memory and network, for the doctor. */
final class DoctorFactsReader {

    private final Database database;
    private final ChainAccess chain;
    private final TxmSettings settings;
    private final ChainWatch watch;

    DoctorFactsReader(Database database, ChainAccess chain, TxmSettings settings, ChainWatch watch) {
        this.database = database;
        this.chain = chain;
        this.settings = settings;
        this.watch = watch;
    }

    /** What the row says of one transaction. */
    private record Row(
            TransactionState state, OptionalLong nonce, Optional<String> error, Optional<DoctorFacts.Mined> mined) {}

    /** About one transaction of a key; empty if the key has none with this id. */
    Optional<DoctorFacts> transaction(long id, KeyOwner owner) {
        return row(id, owner).map(row -> {
            Optional<InFlight> inFlight = owner.snapshot()
                    .flatMap(state ->
                            state.waiting().filter(one -> one.id() == id).findFirst());
            DoctorFacts.OfChain ofChain = chain(owner);
            return new DoctorFacts(
                    id,
                    // The rows are read a moment before the memory: a transaction with both is on its way.
                    inFlight.map(InFlight::state).orElse(row.state()),
                    row.nonce(),
                    row.error(),
                    inFlight.map(DoctorFactsReader::sending),
                    row.mined(),
                    Optional.ofNullable(owner.heldBack().reasons().get(id)),
                    key(owner, ofChain.minedCount()),
                    ofChain);
        });
    }

    private static DoctorFacts.Sending sending(InFlight transaction) {
        Attempt top = transaction.top();
        return new DoctorFacts.Sending(
                top.signed().fee(),
                top.state(),
                transaction.attempts().size(),
                top.sentBeforeBlock(),
                transaction.purging(),
                transaction.pace().refusal());
    }

    private Optional<Row> row(long id, KeyOwner owner) {
        return database.read(sql -> sql.createQuery("""
                        SELECT t.state, t.nonce, t.error, t.min_confirmations, r.block_number
                        FROM carabiner.txes t LEFT JOIN carabiner.tx_receipts r ON r.eth_tx_id = t.id
                        WHERE t.id = :id AND t.evm_chain_id = :chain AND t.from_address = :from""")
                .bind("id", id)
                .bind("chain", new BigDecimal(chain.chainId().value()))
                .bind("from", owner.key().toArray())
                .map((row, context) -> {
                    OptionalLong block = RowReader.optionalLong(row, "block_number");
                    return new Row(
                            TransactionState.ofWord(row.getString("state")),
                            RowReader.optionalLong(row, "nonce"),
                            RowReader.optionalText(row, "error"),
                            block.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(new DoctorFacts.Mined(
                                            block.getAsLong(), RowReader.optionalInt(row, "min_confirmations"))));
                })
                .findOne());
    }

    /** About a key. */
    DoctorFacts.OfKey key(KeyOwner owner, OptionalLong minedCount) {
        Optional<KeyState> state = owner.snapshot();
        List<Long> gap = state.isPresent() && minedCount.isPresent()
                ? HeadRules.gap(state.get(), minedCount.getAsLong())
                : List.of();
        return new DoctorFacts.OfKey(
                owner.key(),
                owner.mayStart(),
                queued(owner),
                state.map(known -> (long) known.inFlight().size()).orElse(0L),
                settings.inFlightLimit(),
                state.stream()
                        .flatMap(KeyState::waiting)
                        .mapToLong(InFlight::id)
                        .findFirst(),
                gap,
                owner.trouble());
    }

    private long queued(KeyOwner owner) {
        return database.read(sql -> sql.createQuery("""
                        SELECT count(*) FROM carabiner.txes
                        WHERE evm_chain_id = :chain AND from_address = :from AND state = 'unstarted'""")
                .bind("chain", new BigDecimal(chain.chainId().value()))
                .bind("from", owner.key().toArray())
                .mapTo(Long.class)
                .one());
    }

    /** About the chain, as a key sees it. What does not answer is absent, and why is said once. */
    DoctorFacts.OfChain chain(KeyOwner owner) {
        Optional<Head> head = watch.newest();
        OptionalLong number = head.map(Head::number).map(OptionalLong::of).orElse(OptionalLong.empty());
        try {
            long mined = chain.minedCount(owner.key());
            Wei balance = chain.balance(owner.key());
            OptionalLong finalized =
                    head.isPresent() ? OptionalLong.of(chain.finalizedNumber(head.get())) : OptionalLong.empty();
            return new DoctorFacts.OfChain(
                    watch.trouble(),
                    number,
                    finalized,
                    head.flatMap(Head::baseFee),
                    OptionalLong.of(mined),
                    Optional.of(balance),
                    settings.bumpThreshold());
        } catch (FaultException e) {
            return new DoctorFacts.OfChain(
                    Optional.of(String.valueOf(e.getMessage())),
                    number,
                    OptionalLong.empty(),
                    head.flatMap(Head::baseFee),
                    OptionalLong.empty(),
                    Optional.empty(),
                    settings.bumpThreshold());
        }
    }

    ChainId chainId() {
        return chain.chainId();
    }
}
