package io.carabiner.pipeline;

import io.carabiner.primitives.ChainId;
import io.carabiner.values.Coerce;
import io.carabiner.values.TaskFailure;
import java.math.BigInteger;

/** The parameter {@code evmChainID} of tasks that reach a chain; unset, the job's own chain is meant. */
record ChainParameter(Parameter id) {

    ChainParameter(Attributes attributes) {
        this(
                attributes.text("evmChainID").isBlank()
                        ? Parameter.of("evmChainID", "$(jobSpec.evmChainID)")
                                .variable()
                                .build()
                        : attributes
                                .parameter("evmChainID")
                                .variable()
                                .literal()
                                .build());
    }

    /** A chain and its id. */
    record Chosen(ChainId id, EthereumAccess.ChainAccess access) {}

    Chosen choose(TaskScope scope) {
        String text = new Resolver(scope).require(id, Coerce::string);
        if (text.matches("[0-9]{1,78}")) {
            ChainId chain = new ChainId(new BigInteger(text));
            return scope.tools()
                    .ethereum()
                    .chain(chain)
                    .map(access -> new Chosen(chain, access))
                    .orElseThrow(() -> unknown(text));
        }
        throw unknown(text);
    }

    private static TaskFailure unknown(String text) {
        return new TaskFailure("invalid EVM chain ID: " + text + ": chain id does not exist: " + text);
    }

    /** The limit for a job's transactions and calls where the task sets none. */
    static long gasLimit(TaskScope scope, EthereumAccess.ChainAccess chain) {
        return scope.run().gasLimit().orElseGet(() -> chain.gasLimit(scope.run().jobType()));
    }
}
