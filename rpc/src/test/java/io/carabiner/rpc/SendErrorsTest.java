package io.carabiner.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendErrorsTest {

    private static SendOutcome read(String words, String clientVersion, Optional<String> chainType) {
        return new SendErrors(Map.of(), chainType).read(new RpcError(-32000, words, Optional.empty()), clientVersion);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Geth/v1.14      |          | nonce too low                                                     | NonceTooLow
            Geth/v1.14      |          | nonce too low: next nonce 5, tx nonce 4                           | NonceTooLow
            Geth/v1.14      |          | call failed: nonce too low                                        | NonceTooLow
            Geth/v1.14      |          | already known                                                     | AlreadyKnown
            Geth/v1.10      |          | known transaction: 0xabc                                          | AlreadyKnown
            Geth/v1.14      |          | replacement transaction underpriced                               | ReplacementUnderpriced
            Geth/v1.14      |          | transaction underpriced                                           | Underpriced
            Geth/v1.14      |          | insufficient funds for gas * price + value: balance 0             | InsufficientFunds
            Geth/v1.14      |          | insufficient funds for transfer                                   | InsufficientFunds
            Geth/v1.14      |          | tx fee (1.10 ether) exceeds the configured cap (1.00 ether)       | FeeCapExceeded
            Geth/v1.14      |          | nonce too high                                                    | NonceTooHigh
            Geth/v1.14      |          | exceeds block gas limit                                           | Fatal
            Geth/v1.14      |          | intrinsic gas too low: gas 20000, minimum needed 21000            | Fatal
            Geth/v1.14      |          | txpool is full                                                    | LimitReached
            Geth/v1.14      |          | max fee per gas less than block base fee: address 0x1             | Underpriced
            erigon/3        |          | block already known                                               | AlreadyKnown
            besu/v24        |          | Nonce too low                                                     | NonceTooLow
            besu/v24        |          | Nonce too high                                                    | NonceTooHigh
            besu/v24        |          | Known transaction                                                 | AlreadyKnown
            besu/v24        |          | Upfront cost exceeds account balance                              | InsufficientFunds
            besu/v24        |          | Gas price below configured minimum gas price                      | Underpriced
            besu/v24        |          | Gas price below current base fee                                  | Underpriced
            besu/v24        |          | Transaction fee cap exceeded                                      | FeeCapExceeded
            besu/v24        |          | Initial sync is still in progress                                 | Retryable
            besu/v24        |          | Wrong chainId                                                     | Fatal
            Nethermind/v1   |          | OldNonce, Current nonce: 22, nonce of rejected tx: 17             | NonceTooLow
            Nethermind/v1   |          | AlreadyKnown                                                      | AlreadyKnown
            Nethermind/v1   |          | FeeTooLowToCompete                                                | Underpriced
            Nethermind/v1   |          | InsufficientFunds, Balance is 4740799397601480913 less than cost  | InsufficientFunds
            Nethermind/v1   |          | NonceGap, Future nonce. Expected nonce: 10                        | NonceTooHigh
            Nethermind/v1   |          | Invalid                                                           | Fatal
            Geth/v1.14      |          | something else: Invalid                                           | Unknown
            Parity-Ethereum/1 |        | There are too many transactions in the queue. Your transaction was dropped | LimitReached
            anvil/v1.7.1    |          | nonce too low                                                     | NonceTooLow
            anvil/v1.7.1    |          | transaction already imported                                      | AlreadyKnown
            anvil/v1.7.1    |          | Insufficient funds for gas * price + value                        | InsufficientFunds
            anvil/v1.7.1    |          | max fee per gas less than block base fee                          | Underpriced
            anvil/v1.7.1    |          | Failed to decode transaction                                      | Fatal
            reth/v1         |          | already known                                                     | AlreadyKnown
            nitro/v3        | arbitrum | max fee per gas less than block base fee: address 0x1             | FeeOutOfRange
            nitro/v3        | arbitrum | queue full                                                        | FeeOutOfRange
            nitro/v3        | arbitrum | not enough funds for gas                                          | InsufficientFunds
            nitro/v3        | arbitrum | gas price too low                                                 | Underpriced
            zkSync/v2       | zksync   | nonce too low. allowed nonce range: 427 - 447, actual: 426        | NonceTooLow
            zkSync/v2       | zksync   | known transaction. transaction with hash 0xf0 is already in the system | AlreadyKnown
            zkSync/v2       | zksync   | max priority fee per gas higher than max fee per gas              | FeeCapExceeded
                            | zkevm    | not enough keccak counters to continue the execution              | TerminallyStuck
                            | metis    | gas price too low: 18000000000 wei, use at least tx.gasPrice = 19500000000 wei | FeeOutOfRange
                            | celo     | gasprice is less than gas price minimum floor                     | Underpriced
            zkSync/v2       | zksync   | max fee per gas less than block base fee                          | Underpriced
            zkSync/v2       | zksync   | max fee per pubdata byte higher than 2^64-1                       | Fatal
            zkSync/v2       | zksync   | nonce too high. allowed nonce range: 1 - 20, actual: 44           | NonceTooHigh
            zkSync/v2       | zksync   | Not enough gas for transaction validation                         | Fatal
            zkSync/v2       | zksync   | insufficient funds for gas + value. balance: 1                    | InsufficientFunds
            reth/v1         |          | nonce too low: next nonce 9, tx nonce 8                           | NonceTooLow
            reth/v1         |          | transaction underpriced                                           | Underpriced
            reth/v1         |          | txpool is full                                                    | LimitReached
            reth/v1         |          | insufficient funds for gas * price + value: have 1 want 2         | InsufficientFunds
            erigon/3        |          | nonce too low                                                     | NonceTooLow
            erigon/3        |          | insufficient funds for transfer                                   | InsufficientFunds
            Geth/v1.14      | optimismBedrock | oversized data: transaction size 131073, limit 131072      | Fatal
            op-reth/v1      | optimismBedrock | nonce too low                                              | NonceTooLow
            nitro/v3        | arbitrum | execution reverted: no                                            | Fatal
            nitro/v3        | arbitrum | 503 Service Temporarily Unavailable                               | Retryable
            nitro/v3        | arbitrum | nonce too high: address 0x1, tx: 5 state: 4                       | NonceTooHigh
            besu/v24        |          | Replacement transaction underpriced                               | ReplacementUnderpriced
            besu/v24        |          | Intrinsic gas exceeds gas limit                                   | Fatal
            anvil/v1.7.1    |          | Transaction gas limit is greater than the block gas limit, gas_limit: 1 | Fatal
            anvil/v1.7.1    |          | Nonce too high                                                    | NonceTooHigh
            anvil/v1.7.1    |          | replacement transaction underpriced                               | ReplacementUnderpriced
            relay/0.60      | hedera   | Gas price '10' is below configured minimum gas price '20'         | Underpriced
            relay/0.60      | hedera   | failed precheck with status INSUFFICIENT_PAYER_BALANCE            | InsufficientFunds
            monad/1         |          | Signer had insufficient balance                                   | InsufficientFunds
            sei/1           |          | tx already exists in cache                                        | AlreadyKnown
                            |          | Pool(Stale)                                                       | NonceTooLow
                            |          | transaction already finalized                                     | AlreadyKnown
                            |          | daily request count exceeded, request rate limited                | Retryable
                            |          | a new and wonderful error                                         | Unknown
            """)
    void refusalsAreRead(String client, String chainType, String words, String outcome) {
        SendOutcome read = read(words, client == null ? "" : client, Optional.ofNullable(chainType));
        assertThat(read.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(read.reason()).isEqualTo(words);
    }

    @Test
    void everyEntryOfTheTable_isAnExpressionOfAKnownClient() {
        assertThat(SendErrorTable.ENTRIES).allSatisfy(entry -> {
            assertThat(entry.words()).isNotBlank();
            assertThat(entry.client()).matches("[a-z]+");
        });
        assertThat(SendErrorTable.ENTRIES).doesNotHaveDuplicates();
    }

    @Test
    void quotesBeforeTheWords_areReadOver() {
        assertThat(read("'already known", "", Optional.of("mantle"))).isInstanceOf(SendOutcome.AlreadyKnown.class);
        assertThat(read("'nonce too low", "", Optional.of("mantle"))).isInstanceOf(SendOutcome.NonceTooLow.class);
    }

    @Test
    void operatorsOwnWords_comeFirst() {
        SendErrors errors = new SendErrors(Map.of(SendErrorTable.Category.FATAL, "nonce too low"), Optional.empty());
        assertThat(errors.read(new RpcError(-32000, "nonce too low", Optional.empty()), "Geth/v1"))
                .isInstanceOf(SendOutcome.Fatal.class);
    }

    @Test
    void oneEndpointThatTookIt_isEnough() {
        SendOutcome accepted = new SendOutcome.Accepted();
        SendOutcome fatal = new SendOutcome.Fatal("no");
        SendOutcome later = new SendOutcome.Retryable("later");
        assertThat(Broadcast.better(fatal, accepted)).isEqualTo(accepted);
        assertThat(Broadcast.better(later, fatal)).isEqualTo(fatal);
        assertThat(Broadcast.better(new SendOutcome.NonceTooLow("x"), new SendOutcome.AlreadyKnown("y")))
                .isEqualTo(new SendOutcome.AlreadyKnown("y"));
    }
}
