package io.carabiner.pipeline;

import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.PublicKey;
import io.carabiner.crypto.Vrf;
import io.carabiner.crypto.VrfProof;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.values.Coerce;
import io.carabiner.values.TaskFailure;
import java.math.BigInteger;
import java.util.List;

/** The parameters that all tasks for randomness have; each is one {@code $(…)}. */
record VrfParameters(Parameter publicKey, Parameter blockHash, Parameter blockNumber, Parameter topics) {

    private static final int SEED_BITS = 256;

    VrfParameters(Attributes attributes) {
        this(
                attributes.parameter("publicKey").variable().build(),
                attributes.parameter("requestBlockHash").variable().build(),
                attributes.parameter("requestBlockNumber").variable().build(),
                attributes.parameter("topics").variable().build());
    }

    /** Their values. */
    record Values(Bytes publicKey, Bytes blockHash, BigInteger blockNumber, List<Hash32> topics) {

        /** Fails unless the request names this key. */
        void checkKey(Hash32 requested) {
            Hash32 own = Keccak256.hash(key().bytes());
            if (!own.equals(requested)) {
                throw new TaskFailure("invalid key hash " + requested.bytes().toBareHex() + " expected "
                        + own.bytes().toBareHex());
            }
        }

        private PublicKey key() {
            if (publicKey.size() != Vrf.COMPRESSED_SIZE) {
                throw new TaskFailure("failed to create PublicKey from bytes wrong length for public key: " + publicKey
                        + " of length " + publicKey.size());
            }
            try {
                return Vrf.publicKey(publicKey);
            } catch (IllegalArgumentException e) {
                throw new TaskFailure("Failed to compute hash of public vrf key " + publicKey);
            }
        }

        /** The proof for the seed that the request's log holds. */
        VrfProof prove(Hash32 preSeed, EthereumAccess keys) {
            if (blockHash.size() != Hash32.SIZE) {
                throw new TaskFailure("invalid BlockHash length " + blockHash.size() + " expected " + Hash32.SIZE);
            }
            Hash32 seed = Vrf.seed(preSeed, new Hash32(blockHash));
            return switch (keys.prove(publicKey, seed)) {
                case EthereumAccess.ProofOutcome.Proven(VrfProof proof) -> proof;
                case EthereumAccess.ProofOutcome.KeyUnknown() ->
                    throw new TaskFailure("unable to find VRF key with id " + publicKey);
            };
        }
    }

    Values read(TaskScope scope) {
        Resolver resolver = new Resolver(scope);
        Resolver.Resolved<Bytes> key = resolver.read(publicKey, Coerce::bytes);
        Resolver.Resolved<Bytes> hash = resolver.read(blockHash, Coerce::bytes);
        Resolver.Resolved<BigInteger> number = resolver.read(blockNumber, Coerce::uint64);
        Resolver.Resolved<List<Hash32>> hashes = resolver.read(topics, Coerce::hashes);
        resolver.throwFaults();
        return new Values(key.get(), hash.get(), number.get(), hashes.get());
    }

    /** A seed as the word that the contract has. */
    static Hash32 seedWord(BigInteger seed) {
        if (seed.signum() < 0 || seed.bitLength() > SEED_BITS) {
            throw new TaskFailure("unable to parse preseed " + seed);
        }
        return new Hash32(Bytes.fromHex(String.format("0x%064x", seed)));
    }
}
