package io.carabiner.pipeline;

import io.carabiner.crypto.PrivateKey;
import io.carabiner.crypto.Vrf;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Chain 1337 as it was when the vectors were recorded: the helper contracts by hand, one key. */
final class FakeEthereum implements EthereumAccess {

    private static final Address UNKNOWN_KEY = Address.fromHex("0x00000000000000000000000000000000000000Fe");

    /** The one VRF key. */
    static final PrivateKey VRF_KEY = PrivateKey.of(new byte[] {10});

    static final Bytes VRF_PUBLIC_KEY =
            Bytes.fromHex("0xa0434d9e47f3c86235477c7b1ae6ae5d3442d49b1943c2b752a68e2a47e247c701");

    @Override
    public ProofOutcome prove(Bytes publicKey, Hash32 seed) {
        return publicKey.equals(VRF_PUBLIC_KEY)
                ? new ProofOutcome.Proven(Vrf.prove(VRF_KEY, seed))
                : new ProofOutcome.KeyUnknown();
    }

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
                case "c007" -> gasLeft(call);
                case "c008" ->
                    returned(Bytes.of(
                            call.gasPrice().orElse(java.math.BigInteger.ZERO).toByteArray()));
                case "c009" -> failed("EVM error InvalidFEOpcode");
                case "c00a" -> returned(Bytes.EMPTY);
                default -> new CallOutcome.Returned(Bytes.EMPTY);
            };
        }

        /** A word of the gas that is left after the price of the call itself; the data hold no zero bytes. */
        private static CallOutcome gasLeft(Call call) {
            long left =
                    call.gas().orElse(30_000_000) - 21_000 - 16L * call.data().size() - 2;
            return left < 0
                    ? failed("intrinsic gas too high -- CallGasCostMoreThanGasLimit")
                    : returned(Bytes.of(java.math.BigInteger.valueOf(left).toByteArray()));
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
            return switch (call.to().toString().substring(38)) {
                case "c003", "c004", "c005", "c009" -> new EstimateOutcome.Failed("execution reverted");
                case "c00a" -> new EstimateOutcome.Estimated(43_188);
                case "c002" -> new EstimateOutcome.Estimated(21_160);
                default -> new EstimateOutcome.Estimated(21_000);
            };
        }
    }
}
