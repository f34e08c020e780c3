package io.carabiner.crypto;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import java.util.Optional;

/** The addresses of accounts and of the contracts they create. Stateless. */
public final class EthereumAddress {

    private EthereumAddress() {}

    /** The last 20 bytes of the hash of the public key. */
    public static Address of(PublicKey key) {
        return lastBytes(Keccak256.hash(key.bytes()));
    }

    /** The account of a private key. */
    public static Address of(PrivateKey key) {
        return of(Secp256k1.publicKey(key));
    }

    /** The account that signed a digest, or nothing if the signature fits no key. */
    public static Optional<Address> recover(Hash32 digest, Signature signature) {
        return Secp256k1.recover(digest, signature).map(EthereumAddress::of);
    }

    /**
     * Where the contract stands that an account creates.
     *
     * @param nonce of the creating transaction, 0 or more
     */
    public static Address ofContract(Address creator, long nonce) {
        RlpItem item = RlpItem.list(RlpItem.of(creator.bytes()), RlpItem.of(nonce));
        return lastBytes(Keccak256.hash(Rlp.encode(item)));
    }

    private static Address lastBytes(Hash32 hash) {
        Bytes bytes = hash.bytes();
        return new Address(bytes.slice(Hash32.SIZE - Address.SIZE, Hash32.SIZE));
    }
}
