package io.carabiner.txm;

import io.carabiner.primitives.Hash32;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A block with transactions of one key, in the chain as it was last looked at, not final yet. */
record MinedBlock(long number, Hash32 hash, List<MinedTransaction> transactions) {

    MinedBlock {
        transactions = List.copyOf(transactions);
    }

    BlockId id() {
        return new BlockId(number, hash);
    }

    MinedBlock with(MinedTransaction transaction) {
        return new MinedBlock(
                number,
                hash,
                Stream.concat(transactions.stream(), Stream.of(transaction)).toList());
    }

    MinedBlock map(UnaryOperator<MinedTransaction> change) {
        return new MinedBlock(number, hash, transactions.stream().map(change).toList());
    }
}
