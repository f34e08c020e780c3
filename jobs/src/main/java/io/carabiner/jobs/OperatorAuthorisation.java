package io.carabiner.jobs;

import io.carabiner.crypto.Eip55;
import io.carabiner.crypto.Keccak256;
import io.carabiner.evm.BlockTag;
import io.carabiner.evm.CallRequest;
import io.carabiner.evm.EthClient;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.FaultException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks the contract of a direct-request job whether the node may answer for it: Operators and Oracles take answers of
 * authorised senders only, and a job without one fails at its first request. Thread-safe.
 *
 * @param keys the enabled keys of a chain
 * @param forwarders the contracts through which a chain's keys send for jobs that allow it
 * @param clients typed calls to an enabled chain
 */
record OperatorAuthorisation(
        Function<ChainId, List<Address>> keys,
        Function<ChainId, List<Address>> forwarders,
        Function<ChainId, Optional<EthClient>> clients) {

    /** How long the chain is waited for. Without an answer nothing is said. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Of Operators, and of Oracles of version 0.6. */
    private static final List<String> QUESTIONS =
            List.of("isAuthorizedSender(address)", "getAuthorizationStatus(address)");

    private static final int SELECTOR_BYTES = 4;
    private static final int WORD_BYTES = 32;
    private static final Bytes FALSE = Bytes.of(new byte[WORD_BYTES]);

    /** What the operator should know; empty if all is well or cannot be found out now. */
    Optional<String> obstacle(DirectRequestSpec spec) {
        Optional<EthClient> client = clients.apply(spec.evmChainId());
        if (client.isEmpty()) {
            return Optional.empty();
        }
        AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
        try {
            TimeLimit.within(PATIENCE, "authorisation-" + spec.evmChainId(), () -> found.set(ask(client.get(), spec)));
        } catch (TimeoutException | FaultException e) {
            return Optional.empty();
        }
        return found.get();
    }

    private Optional<String> ask(EthClient client, DirectRequestSpec spec) {
        String contract = Eip55.format(spec.contractAddress());
        if (client.code(spec.contractAddress(), BlockTag.LATEST).isEmpty()) {
            return Optional.of("there is no contract at " + contract + " on chain " + spec.evmChainId());
        }
        List<Address> senders = keys.apply(spec.evmChainId());
        if (senders.isEmpty()) {
            return Optional.of("the node has no enabled key on chain " + spec.evmChainId()
                    + " and cannot answer: 'keys eth create' makes one");
        }
        if (spec.header().forwardingAllowed()
                && !forwarders.apply(spec.evmChainId()).isEmpty()) {
            senders = forwarders.apply(spec.evmChainId());
        }
        for (Address sender : senders) {
            Optional<Boolean> authorised = isAuthorised(client, spec.contractAddress(), sender);
            if (authorised.isEmpty() || authorised.get()) {
                return Optional.empty();
            }
        }
        return Optional.of("the contract " + contract + " takes no answer of "
                + senders.stream().map(Eip55::format).collect(Collectors.joining(" or "))
                + ": its owner must call setAuthorizedSenders with one of them");
    }

    /** Empty if the contract knows no such question. */
    private static Optional<Boolean> isAuthorised(EthClient client, Address contract, Address sender) {
        for (String question : QUESTIONS) {
            try {
                Bytes answer = client.call(CallRequest.to(contract, call(question, sender)), BlockTag.LATEST);
                if (answer.size() == WORD_BYTES) {
                    return Optional.of(!answer.equals(FALSE));
                }
            } catch (FaultException e) {
                // Contracts revert when they do not know a function: the next question, or none.
            }
        }
        return Optional.empty();
    }

    private static Bytes call(String signature, Address argument) {
        Bytes selector = Keccak256.hashText(signature).bytes().slice(0, SELECTOR_BYTES);
        return selector.concat(Bytes.of(new byte[WORD_BYTES - Address.SIZE])).concat(argument.bytes());
    }
}
