package io.carabiner.pipeline;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Calls a contract without a transaction; answers with the bytes it returns. */
record EthCallTask(
        Parameter contract,
        Parameter from,
        Parameter data,
        Parameter gas,
        Fees fees,
        Parameter gasUnlimited,
        boolean extractRevertReason,
        ChainParameter chain,
        Parameter block)
        implements Task {

    /** The three ways to name a price. */
    record Fees(Parameter gasPrice, Parameter gasTipCap, Parameter gasFeeCap) {
        Fees(Attributes attributes) {
            this(
                    attributes.parameter("gasPrice").variable().exact().build(),
                    attributes.parameter("gasTipCap").variable().exact().build(),
                    attributes.parameter("gasFeeCap").variable().exact().build());
        }
    }

    EthCallTask(Attributes attributes) {
        this(
                attributes.parameter("contract").variable().literal().build(),
                attributes
                        .parameter("from")
                        .variable()
                        .literal()
                        .orElse(PipelineValue.address(Address.ZERO))
                        .build(),
                attributes.parameter("data").variable().json().build(),
                attributes
                        .parameter("gas")
                        .variable()
                        .literal()
                        .orElse(PipelineValue.int64(0))
                        .build(),
                new Fees(attributes),
                attributes
                        .parameter("gasUnlimited")
                        .variable()
                        .literal()
                        .orElse(PipelineValue.bool(false))
                        .build(),
                attributes.bool("extractRevertReason"),
                new ChainParameter(attributes),
                attributes
                        .parameter("block")
                        .variable()
                        .literal()
                        .orElse(PipelineValue.text("latest"))
                        .build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) throws InterruptedException {
        scope.checkNoInputFailed();
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<Address> to = resolver.read(contract, Coerce::address);
        Resolver.Resolved<Address> sender = resolver.read(from, Coerce::address);
        Resolver.Resolved<Bytes> input = resolver.read(data, Coerce::bytes);
        Resolver.Resolved<OptionalLong> limit = resolver.read(gas, Coerce::gas);
        Resolver.Resolved<Optional<BigInteger>> price = resolver.read(fees.gasPrice(), Coerce::maybeBig);
        Resolver.Resolved<Optional<BigInteger>> tip = resolver.read(fees.gasTipCap(), Coerce::maybeBig);
        Resolver.Resolved<Optional<BigInteger>> cap = resolver.read(fees.gasFeeCap(), Coerce::maybeBig);
        resolver.read(chain.id(), Coerce::string);
        Resolver.Resolved<Boolean> unlimited = resolver.read(gasUnlimited, Coerce::bool);
        Resolver.Resolved<String> at = resolver.read(block, Coerce::string);
        resolver.throwFaults();
        if (input.get().isEmpty()) {
            throw TaskFailure.badInput("data param must not be empty");
        }
        if (unlimited.get() && limit.get().isPresent()) {
            throw TaskFailure.badInput("gas must be zero when gasUnlimited is true");
        }
        EthereumAccess.CallBlock number = blockOf(at.get());
        EthereumAccess.ChainAccess access = chain.choose(scope).access();
        OptionalLong used = unlimited.get() || limit.get().isPresent()
                ? limit.get()
                : OptionalLong.of(ChainParameter.gasLimit(scope, access));
        return call(
                scope,
                access,
                new EthereumAccess.Call(
                        sender.get(), to.get(), input.get(), used, price.get(), tip.get(), cap.get(), number));
    }

    static EthereumAccess.CallBlock blockOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "latest" -> EthereumAccess.CallBlock.LATEST;
            case "pending" -> EthereumAccess.CallBlock.PENDING;
            default -> throw new TaskFailure("unsupported block param: " + text);
        };
    }

    private TaskAnswer call(TaskScope scope, EthereumAccess.ChainAccess access, EthereumAccess.Call call)
            throws InterruptedException {
        long start = scope.tools().time().monotonicNanos();
        EthereumAccess.CallOutcome outcome = access.call(call, scope.deadline().left());
        scope.tools().metrics().called(scope.dotId(), scope.tools().time().monotonicNanos() - start);
        return switch (outcome) {
            case EthereumAccess.CallOutcome.Returned(Bytes returned) -> TaskAnswer.of(PipelineValue.bytes(returned));
            case EthereumAccess.CallOutcome.Failed(String message, Optional<String> rpcError) ->
                throw new TaskFailure(extractRevertReason ? reason(message, rpcError) : message);
        };
    }

    private static String reason(String message, Optional<String> rpcError) {
        return rpcError.map(PipelineValue::fromJson)
                .filter(PipelineValue.Fields.class::isInstance)
                .map(error -> ((PipelineValue.Fields) error).fields().get("message"))
                .filter(PipelineValue.Text.class::isInstance)
                .map(text -> ((PipelineValue.Text) text).value())
                .orElse(message);
    }
}
