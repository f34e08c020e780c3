package io.carabiner.pipeline;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Chain 1337 as it was when the vectors were recorded: the helper contracts by hand, one key. */
final class FakeEthereum implements EthereumAccess {

    private static final Address UNKNOWN_KEY = Address.fromHex("0x00000000000000000000000000000000000000Fe");

    @Override
    public Optional<ChainAccess> chain(ChainId id) {
        return id.equals(ChainId.of(1337)) ? Optional.of(new Chain()) : Optional.empty();
    }

    private static final class Chain implements ChainAccess {

        @Override
        public long gasLimit(String jobType) {
            return 500_000;
        }

        @Override
        public long maxGasLimit() {
            return 500_000;
        }

        @Override
        public boolean hasSendingKey(List<Address> candidates) {
            return !candidates.contains(UNKNOWN_KEY);
        }

        @Override
        public CallOutcome call(Call call, Duration timeout) {
            String contract = call.to().toString().substring(38);
            return switch (contract) {
                case "c001" -> returned(Bytes.fromHex("2a"));
                case "c002" -> new CallOutcome.Returned(call.data());
                case "c003" -> failed("execution reverted: bad thing");
                case "c004" -> failed("execution reverted");
                case "c005" -> failed("execution reverted: custom error 0xdeadbeef");
                case "c006" -> returned(call.from().bytes());
                case "c009" -> failed("EVM error InvalidFEOpcode");
                case "c00a" -> returned(Bytes.EMPTY);
                default -> new CallOutcome.Returned(Bytes.EMPTY);
            };
        }

        private static CallOutcome returned(Bytes end) {
            return new CallOutcome.Returned(Bytes.of(new byte[32 - end.size()]).concat(end));
        }

        private static CallOutcome failed(String reason) {
            return new CallOutcome.Failed(
                    "RPCClient returned error (p0): primary http ($RPC) call failed: " + reason,
                    Optional.of("{\"code\":3,\"message\":\"" + reason + "\",\"data\":\"0x\"}"));
        }

        @Override
        public EstimateOutcome estimateGas(Call call, Duration timeout) {
            return new EstimateOutcome.Failed("the vectors' numbers are the recorded chain client's");
        }
    }
}
