package io.carabiner.node;

import io.carabiner.config.EvmConfig;
import io.carabiner.crypto.Vrf;
import io.carabiner.evm.BlockTag;
import io.carabiner.evm.CallRequest;
import io.carabiner.evm.EthClient;
import io.carabiner.keystore.EthKey;
import io.carabiner.keystore.EthKeys;
import io.carabiner.keystore.Keystore;
import io.carabiner.keystore.KeystoreException;
import io.carabiner.keystore.VrfKeys;
import io.carabiner.pipeline.EthereumAccess;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Gives the tasks of a pipeline the node's chains and keys. */
final class PipelineEthereum implements EthereumAccess {

    private final ChainRooms rooms;
    private final EthKeys keys;
    private final VrfKeys vrfKeys;

    PipelineEthereum(ChainRooms rooms, Keystore keystore) {
        this.rooms = rooms;
        this.keys = keystore.eth();
        this.vrfKeys = keystore.vrf();
    }

    @Override
    public ProofOutcome prove(Bytes publicKey, Hash32 seed) {
        return prove(vrfKeys, publicKey, seed);
    }

    static ProofOutcome prove(VrfKeys keys, Bytes publicKey, Hash32 seed) {
        try {
            return new ProofOutcome.Proven(keys.prove(publicKey.toString(), key -> Vrf.prove(key, seed)));
        } catch (KeystoreException e) {
            if (e.reason() == KeystoreException.Reason.KEY_NOT_FOUND) {
                return new ProofOutcome.KeyUnknown();
            }
            throw e;
        }
    }

    @Override
    public Optional<ChainAccess> chain(ChainId id) {
        return Optional.ofNullable(rooms.chains().get(id)).map(room -> new OneChain(room, keys));
    }

    private record OneChain(ChainRooms.ChainRoom room, EthKeys keys) implements ChainAccess {

        @Override
        public long gasLimit(String jobType) {
            EvmConfig.GasEstimator gas = room.config().gasEstimator();
            EvmConfig.LimitJobType limits = gas.limitJobType();
            Optional<Long> own =
                    switch (jobType) {
                        case "directrequest" -> limits.dr();
                        case "fluxmonitor" -> limits.fm();
                        case "offchainreporting" -> limits.ocr();
                        case "offchainreporting2" -> limits.ocr2();
                        case "keeper" -> limits.keeper();
                        case "vrf" -> limits.vrf();
                        default -> Optional.empty();
                    };
            return own.orElse(gas.limitDefault());
        }

        @Override
        public long maxGasLimit() {
            return room.config().gasEstimator().limitMax();
        }

        @Override
        public boolean hasSendingKey(List<Address> candidates) {
            return keys.enabled(room.chain().id()).stream()
                    .map(EthKey::address)
                    .anyMatch(key -> candidates.isEmpty() || candidates.contains(key));
        }

        @Override
        public CallOutcome call(Call call, Duration timeout) {
            try {
                return new CallOutcome.Returned(client().call(request(call), tag(call)));
            } catch (RpcErrorException e) {
                return new CallOutcome.Failed(String.valueOf(e.getMessage()), Optional.of(json(e)));
            } catch (RpcException e) {
                return new CallOutcome.Failed(String.valueOf(e.getMessage()), Optional.empty());
            }
        }

        @Override
        public EstimateOutcome estimateGas(Call call, Duration timeout) {
            try {
                return new EstimateOutcome.Estimated(client().estimateGas(request(call)));
            } catch (RpcException e) {
                return new EstimateOutcome.Failed(String.valueOf(e.getMessage()));
            }
        }

        private static String json(RpcErrorException fault) {
            ObjectNode json = JsonMapper.shared().createObjectNode();
            json.put("code", fault.error().code());
            json.put("message", fault.error().message());
            fault.error()
                    .data()
                    .ifPresent(data -> json.set("data", JsonMapper.shared().readTree(data)));
            return json.toString();
        }

        private EthClient client() {
            return room.chain().rpc().forConsumer("pipeline");
        }

        private static BlockTag tag(Call call) {
            return switch (call.block()) {
                case LATEST -> BlockTag.LATEST;
                case PENDING -> BlockTag.PENDING;
            };
        }

        private static CallRequest request(Call call) {
            return new CallRequest(Optional.of(call.from()), call.to(), call.data(), Optional.empty(), call.gas());
        }
    }
}
