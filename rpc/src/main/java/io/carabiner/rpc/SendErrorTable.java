package io.carabiner.rpc;

import static io.carabiner.rpc.SendErrorTable.Category.ALREADY_IN_MEMPOOL;
import static io.carabiner.rpc.SendErrorTable.Category.ALREADY_MINED;
import static io.carabiner.rpc.SendErrorTable.Category.FATAL;
import static io.carabiner.rpc.SendErrorTable.Category.FEE_EXCEEDS_CAP;
import static io.carabiner.rpc.SendErrorTable.Category.INSUFFICIENT_FUNDS;
import static io.carabiner.rpc.SendErrorTable.Category.L2_FEE_TOO_LOW;
import static io.carabiner.rpc.SendErrorTable.Category.L2_FULL;
import static io.carabiner.rpc.SendErrorTable.Category.LIMIT_REACHED;
import static io.carabiner.rpc.SendErrorTable.Category.NONCE_TOO_HIGH;
import static io.carabiner.rpc.SendErrorTable.Category.NONCE_TOO_LOW;
import static io.carabiner.rpc.SendErrorTable.Category.REPLACEMENT_UNDERPRICED;
import static io.carabiner.rpc.SendErrorTable.Category.SERVICE_UNAVAILABLE;
import static io.carabiner.rpc.SendErrorTable.Category.TERMINALLY_STUCK;
import static io.carabiner.rpc.SendErrorTable.Category.UNDERPRICED;

import java.util.List;

/**
 * What clients say when they refuse a transaction. Each entry is a regular expression, read without regard to case,
 * for the beginning of the words (or of what follows a colon); more words may follow.
 *
 * <p>Facts from the Go node 2.15 (core/chains/evm/client/errors.go) and from the clients' own sources; entries marked
 * exact must be the whole text.
 */
final class SendErrorTable {

    /** The kinds of refusal, in the order in which they are tried. */
    enum Category {
        FATAL,
        NONCE_TOO_LOW,
        ALREADY_MINED,
        REPLACEMENT_UNDERPRICED,
        ALREADY_IN_MEMPOOL,
        LIMIT_REACHED,
        UNDERPRICED,
        L2_FEE_TOO_LOW,
        L2_FEE_TOO_HIGH,
        L2_FULL,
        NONCE_TOO_HIGH,
        INSUFFICIENT_FUNDS,
        SERVICE_UNAVAILABLE,
        FEE_EXCEEDS_CAP,
        TERMINALLY_STUCK
    }

    /**
     * One line of the table.
     *
     * @param client the client kind, a lower-case word
     * @param exact whether nothing may stand before or behind
     */
    record Entry(String client, Category category, String words, boolean exact) {}

    static final List<Entry> ENTRIES = List.of(
            of("geth", FATAL, "exceeds block gas limit"),
            of("geth", FATAL, "invalid sender"),
            of("geth", FATAL, "negative value"),
            of("geth", FATAL, "oversized data"),
            of("geth", FATAL, "gas uint64 overflow"),
            of("geth", FATAL, "intrinsic gas too low"),
            of("geth", FATAL, "max priority fee per gas higher than max fee per gas"),
            of("geth", FATAL, "invalid chain id for signer"),
            of("geth", NONCE_TOO_LOW, "nonce too low"),
            of("geth", REPLACEMENT_UNDERPRICED, "replacement transaction underpriced"),
            of("geth", ALREADY_IN_MEMPOOL, "known transaction"),
            of("geth", ALREADY_IN_MEMPOOL, "already known"),
            of("geth", LIMIT_REACHED, "txpool is full"),
            of("geth", LIMIT_REACHED, "future transaction tries to replace pending"),
            of("geth", UNDERPRICED, "transaction underpriced"),
            of("geth", UNDERPRICED, "transaction gas price below minimum"),
            of("geth", UNDERPRICED, "max fee per gas less than block base fee"),
            of("geth", NONCE_TOO_HIGH, "nonce too high"),
            of("geth", INSUFFICIENT_FUNDS, "insufficient funds for transfer"),
            of("geth", INSUFFICIENT_FUNDS, "insufficient funds for gas \\* price \\+ value"),
            of("geth", INSUFFICIENT_FUNDS, "insufficient balance for transfer"),
            of("geth", INSUFFICIENT_FUNDS, "transaction would cause overdraft"),
            of(
                    "geth",
                    FEE_EXCEEDS_CAP,
                    "tx fee \\([\\d.]+ [a-zA-Z]+\\) exceeds the configured cap \\([\\d.]+ [a-zA-Z]+\\)"),
            of("erigon", ALREADY_IN_MEMPOOL, "block already known"),
            of("erigon", FATAL, "intrinsic gas too low"),
            of("besu", FATAL, "intrinsic gas exceeds gas limit"),
            of("besu", FATAL, "transaction gas limit exceeds block gas limit"),
            of("besu", FATAL, "transaction gas limit cap exceeded"),
            of("besu", FATAL, "invalid signature"),
            of("besu", FATAL, "max priority fee per gas exceeds max fee per gas"),
            of("besu", FATAL, "wrong chainid"),
            of("besu", FATAL, "chainid is (required|not supported)"),
            of("besu", FATAL, "sender account not authorized to send transactions"),
            of("besu", NONCE_TOO_LOW, "nonce too low"),
            of("besu", REPLACEMENT_UNDERPRICED, "replacement transaction underpriced"),
            of("besu", ALREADY_IN_MEMPOOL, "known transaction"),
            of("besu", UNDERPRICED, "gas price below configured minimum gas price"),
            of("besu", UNDERPRICED, "gas price below current base fee"),
            of("besu", NONCE_TOO_HIGH, "nonce too high"),
            of("besu", NONCE_TOO_HIGH, "transaction nonce is too distant from current sender nonce"),
            of("besu", NONCE_TOO_HIGH, "an invalid transaction with a lower nonce exists"),
            of("besu", INSUFFICIENT_FUNDS, "upfront cost exceeds account balance"),
            of("besu", SERVICE_UNAVAILABLE, "initial sync is still in progress"),
            of("besu", SERVICE_UNAVAILABLE, "transaction pool not enabled"),
            of("besu", FEE_EXCEEDS_CAP, "transaction fee cap exceeded"),
            of("nethermind", FATAL, "senderiscontract"),
            exactly("nethermind", FATAL, "invalid(, transaction hash is null)?"),
            of("nethermind", FATAL, "int256overflow"),
            of("nethermind", FATAL, "failedtoresolvesender"),
            of("nethermind", FATAL, "gaslimitexceeded"),
            of("nethermind", NONCE_TOO_LOW, "oldnonce"),
            of("nethermind", ALREADY_IN_MEMPOOL, "alreadyknown"),
            of("nethermind", ALREADY_IN_MEMPOOL, "ownnoncealreadyused"),
            of("nethermind", UNDERPRICED, "feetoolow(tocompete)?"),
            of("nethermind", NONCE_TOO_HIGH, "noncegap"),
            of("nethermind", INSUFFICIENT_FUNDS, "insufficientfunds"),
            of("nethermind", SERVICE_UNAVAILABLE, "503 service unavailable"),
            of("parity", FATAL, "transaction gas is too low\\. there is not enough gas to cover minimal cost"),
            of("parity", FATAL, "transaction cost exceeds current gas limit"),
            of("parity", FATAL, "invalid signature"),
            of("parity", FATAL, "(sender|recipient|code) is banned in local queue"),
            of("parity", FATAL, "transaction is not permitted"),
            of("parity", FATAL, "transaction is too big"),
            of("parity", FATAL, "invalid rlp data"),
            of("parity", NONCE_TOO_LOW, "transaction nonce is too low\\. try incrementing the nonce"),
            of(
                    "parity",
                    REPLACEMENT_UNDERPRICED,
                    "transaction gas price .*is too low\\. there is another transaction with same nonce in the queue"),
            of("parity", ALREADY_IN_MEMPOOL, "transaction with the same hash was already imported"),
            of("parity", LIMIT_REACHED, "there are too many transactions in the queue"),
            of(
                    "parity",
                    UNDERPRICED,
                    "transaction gas price is too low\\. it does not satisfy your node's minimal gas price"),
            of("parity", INSUFFICIENT_FUNDS, "insufficient funds\\. the account you tried"),
            of("parity", INSUFFICIENT_FUNDS, "insufficient balance for transaction"),
            of("anvil", FATAL, "transaction gas limit is greater than the block gas limit"),
            of("anvil", FATAL, "failed to decode (signed )?transaction"),
            of("anvil", FATAL, "(gas|intrinsic gas) (uint64 overflow|too low|too high)"),
            of("anvil", FATAL, "invalid chain id for signer"),
            of("anvil", NONCE_TOO_LOW, "nonce too low"),
            of("anvil", REPLACEMENT_UNDERPRICED, "replacement transaction underpriced"),
            of("anvil", ALREADY_IN_MEMPOOL, "transaction already imported"),
            of("anvil", UNDERPRICED, "max fee per gas less than block base fee"),
            of("anvil", NONCE_TOO_HIGH, "nonce too high"),
            of("anvil", INSUFFICIENT_FUNDS, "insufficient funds for gas \\* price \\+ value"),
            of("reth", FATAL, "(transaction's gas limit .* )?exceeds( the)? block('s)? gas limit"),
            of("reth", FATAL, "call gas cost exceeds the gas limit"),
            of("reth", NONCE_TOO_LOW, "nonce too low"),
            of("reth", ALREADY_IN_MEMPOOL, "already known"),
            of("reth", UNDERPRICED, "transaction underpriced"),
            of("reth", LIMIT_REACHED, "txpool is full"),
            of("reth", INSUFFICIENT_FUNDS, "insufficient funds for gas \\* price \\+ value"),
            of("arbitrum", FATAL, "invalid message format"),
            of("arbitrum", FATAL, "forbidden sender address"),
            of("arbitrum", FATAL, "execution reverted"),
            of("arbitrum", NONCE_TOO_LOW, "invalid transaction nonce"),
            of("arbitrum", NONCE_TOO_LOW, "nonce too low"),
            of("arbitrum", UNDERPRICED, "gas price too low"),
            of("arbitrum", L2_FEE_TOO_LOW, "max fee per gas less than block base fee"),
            of("arbitrum", L2_FULL, "queue full"),
            of("arbitrum", L2_FULL, "sequencer pending tx pool full, please try again"),
            of("arbitrum", NONCE_TOO_HIGH, "nonce too high"),
            of("arbitrum", INSUFFICIENT_FUNDS, "not enough funds for gas"),
            of("arbitrum", INSUFFICIENT_FUNDS, "insufficient funds for gas \\* price \\+ value"),
            of("arbitrum", SERVICE_UNAVAILABLE, "50[23] (bad gateway|service (temporarily )?unavailable)"),
            of("arbitrum", SERVICE_UNAVAILABLE, "408 request timeout"),
            of("arbitrum", SERVICE_UNAVAILABLE, "network is unreachable"),
            of("arbitrum", SERVICE_UNAVAILABLE, "i/o timeout"),
            of("metis", L2_FEE_TOO_LOW, "gas price too low: \\d+ wei, use at least tx\\.gasprice = \\d+ wei"),
            of("optimism", FATAL, "oversized data: transaction size \\d+, limit \\d+"),
            of("zksync", FATAL, "exceeds block gas limit"),
            of("zksync", FATAL, "not enough gas for transaction validation"),
            of("zksync", FATAL, "failed to pay the fee to the operator"),
            of("zksync", FATAL, "error function_selector = 0x, data = 0x"),
            of("zksync", FATAL, "invalid sender\\. can't start a transaction from a non-account"),
            of("zksync", FATAL, "max (priority )?fee per (gas|pubdata byte) higher than 2\\^64-1"),
            of("zksync", FATAL, "oversized data\\. max: \\d+; actual: \\d+"),
            of("zksync", NONCE_TOO_LOW, "nonce too low\\..*actual: \\d+"),
            of("zksync", ALREADY_IN_MEMPOOL, "known transaction\\. transaction with hash .* is already in the system"),
            of("zksync", UNDERPRICED, "max fee per gas less than block base fee"),
            of(
                    "zksync",
                    UNDERPRICED,
                    "virtual machine entered unexpected state.*(unacceptable gas price|fair pubdata price too high)"),
            of("zksync", NONCE_TOO_HIGH, "nonce too high\\..*actual: \\d+"),
            of("zksync", INSUFFICIENT_FUNDS, "insufficient balance for transfer"),
            of("zksync", INSUFFICIENT_FUNDS, "insufficient funds for gas \\+ value"),
            of("zksync", FEE_EXCEEDS_CAP, "max priority fee per gas higher than max fee per gas"),
            of("zkevm", TERMINALLY_STUCK, "not enough .* counters to continue the execution"),
            of("zkevm", TERMINALLY_STUCK, "out of counters at node level"),
            of("klaytn", REPLACEMENT_UNDERPRICED, "there is another tx which has the same nonce in the tx pool"),
            of("klaytn", LIMIT_REACHED, "txpool is full"),
            of("klaytn", INSUFFICIENT_FUNDS, "insufficient funds"),
            of("klaytn", FEE_EXCEEDS_CAP, "invalid gas fee cap"),
            of("klaytn", FEE_EXCEEDS_CAP, "max fee per gas higher than max priority fee per gas"),
            of("celo", LIMIT_REACHED, "txpool is full"),
            of("celo", UNDERPRICED, "gasprice is less than gas price minimum floor"),
            of("celo", INSUFFICIENT_FUNDS, "insufficient funds for gas \\* price \\+ value \\+ gatewayfee"),
            of("celo", FEE_EXCEEDS_CAP, "tx fee \\([\\d.]+ of currency celo\\) exceeds the configured cap \\("),
            of("harmony", FATAL, "invalid shard"),
            of("harmony", FATAL, "staking message does not match directive"),
            of("harmony", FATAL, "(`from`|`to`|from|to) address of transaction in blacklist"),
            of("harmony", ALREADY_MINED, "transaction already finalized"),
            of("substrate", NONCE_TOO_LOW, "(submit_transaction error )?\\(?pool\\(stale\\)"),
            of("substrate", ALREADY_IN_MEMPOOL, "(submit_transaction error )?\\(?pool\\(alreadyimported\\)"),
            of(
                    "avalanche",
                    NONCE_TOO_LOW,
                    "nonce too low: address 0x[0-9a-f]{40} current nonce \\(\\d+\\) > tx nonce \\(\\d+\\)"),
            of("mantle", FATAL, "'*invalid sender"),
            of("mantle", NONCE_TOO_LOW, "'*nonce too low"),
            of("mantle", REPLACEMENT_UNDERPRICED, "'*replacement transaction underpriced"),
            of("mantle", ALREADY_IN_MEMPOOL, "'*already known"),
            of("mantle", INSUFFICIENT_FUNDS, "'*insufficient funds for gas \\* price \\+ value"),
            of("gnosis", ALREADY_IN_MEMPOOL, "alreadyknown"),
            of("astar", UNDERPRICED, "gas price less than block base fee"),
            of("hedera", FATAL, "execution reverted"),
            of("hedera", FATAL, "transaction gas limit '\\d+' exceeds block gas limit"),
            of("hedera", FATAL, "transaction gas limit provided '\\d+' is insufficient of intrinsic gas required"),
            of("hedera", FATAL, "oversized data:?"),
            of("hedera", FATAL, ".*status invalid_signature"),
            of("hedera", NONCE_TOO_LOW, ".*nonce too low"),
            of("hedera", UNDERPRICED, "gas price '\\d+' is below configured minimum gas price"),
            of("hedera", UNDERPRICED, "gas price too low"),
            of("hedera", NONCE_TOO_HIGH, ".*nonce too high"),
            of("hedera", INSUFFICIENT_FUNDS, ".*failed precheck with status insufficient_payer_balance"),
            of("hedera", SERVICE_UNAVAILABLE, "transaction execution returns a null value for transaction"),
            of("sei", FATAL, "'*out of gas"),
            of("sei", FATAL, "tx too large\\. max size is \\d+, but got \\d+"),
            of("sei", ALREADY_IN_MEMPOOL, "tx already exists in cache"),
            of("sei", UNDERPRICED, "insufficient fee"),
            of("sei", INSUFFICIENT_FUNDS, "insufficient funds"),
            of("monad", FATAL, "gas limit too low"),
            of("monad", INSUFFICIENT_FUNDS, "signer had insufficient balance"),
            of("treasure", FATAL, "invalid chain id for signer"),
            of("internal", TERMINALLY_STUCK, "transaction terminally stuck"),
            of("internal", SERVICE_UNAVAILABLE, "no live nodes available"),
            of("internal", SERVICE_UNAVAILABLE, "(context deadline exceeded|context canceled)"),
            of("internal", SERVICE_UNAVAILABLE, "too many requests"),
            of("internal", SERVICE_UNAVAILABLE, "(daily|monthly)? ?(rate|request|requests) limit"));

    private SendErrorTable() {}

    private static Entry of(String client, Category category, String words) {
        return new Entry(client, category, words, false);
    }

    private static Entry exactly(String client, Category category, String words) {
        return new Entry(client, category, words, true);
    }
}
