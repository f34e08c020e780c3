package io.carabiner.pipeline;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.Decimals;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/** How much gas a transaction would need, times a factor, at most the configured maximum; ignores its inputs. */
record EstimateGasLimitTask(
        Parameter from, Parameter to, Parameter data, Parameter multiplier, ChainParameter chain, Parameter block)
        implements Task {

    EstimateGasLimitTask(Attributes attributes) {
        this(
                attributes
                        .parameter("from")
                        .variable()
                        .orElse(PipelineValue.address(Address.ZERO))
                        .build(),
                attributes.parameter("to").variable().literal().build(),
                attributes.parameter("data").variable().literal().build(),
                attributes
                        .parameter("multiplier")
                        .variable()
                        .literal()
                        .orElse(PipelineValue.text("1"))
                        .build(),
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
        EthereumAccess.ChainAccess access = chain.choose(scope).access();
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<Address> sender = resolver.read(from, Coerce::address);
        Resolver.Resolved<Address> receiver = resolver.read(to, Coerce::address);
        Resolver.Resolved<Bytes> input = resolver.read(data, Coerce::bytes);
        Resolver.Resolved<BigDecimal> factor = resolver.read(multiplier, Coerce::decimal);
        Resolver.Resolved<String> at = resolver.read(block, Coerce::string);
        resolver.throwFaults();
        EthereumAccess.Call call = new EthereumAccess.Call(
                sender.get(),
                receiver.get(),
                input.get(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                EthCallTask.blockOf(at.get()));
        long limit =
                switch (access.estimateGas(call, scope.deadline().left())) {
                    case EthereumAccess.EstimateOutcome.Estimated(long gas) ->
                        scaled(gas, factor.get(), access.maxGasLimit());
                    case EthereumAccess.EstimateOutcome.Failed ignored -> access.maxGasLimit();
                };
        return TaskAnswer.of(new PipelineValue.Whole(BigInteger.valueOf(limit), PipelineValue.WholeKind.UINT64));
    }

    private static long scaled(long gas, BigDecimal factor, long max) {
        if (factor.signum() < 0) {
            throw new TaskFailure("Invalid multiplier");
        }
        if (!Decimals.fits(factor)) {
            throw new TaskFailure("multiply overflow");
        }
        BigInteger limit = BigDecimal.valueOf(gas).multiply(factor).toBigInteger();
        if (limit.bitLength() > Long.SIZE) {
            throw new TaskFailure("Invalid multiplier");
        }
        return limit.min(BigInteger.valueOf(max)).longValueExact();
    }
}
