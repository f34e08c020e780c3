package io.carabiner.txm;

import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.Rlp;
import io.carabiner.crypto.RlpItem;
import io.carabiner.crypto.Secp256k1;
import io.carabiner.crypto.Signature;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.txm.SignerException.Reason;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Compares what a signer gave back with what it was asked for, field by field, and recovers who signed. Pure: nothing
 * that fails here is stored.
 */
final class SignedAnswer {

    private static final int SIGNATURE_FIELDS = 3;
    private static final BigInteger LEGACY_OFFSET = BigInteger.valueOf(35);

    private final ChainId chain;
    private final Address key;
    private final UnsignedTransaction asked;

    private SignedAnswer(ChainId chain, Address key, UnsignedTransaction asked) {
        this.chain = chain;
        this.key = key;
        this.asked = asked;
    }

    /**
     * The same bytes, once they are shown to be what was asked for.
     *
     * @throws SignerException {@code SIGNER_GARBAGE} or {@code SIGNER_WRONG}
     */
    static Bytes verified(ChainId chain, Address key, UnsignedTransaction asked, Bytes raw) {
        return new SignedAnswer(chain, key, asked).verified(raw);
    }

    private Bytes verified(Bytes raw) {
        List<RlpItem> fields = fields(raw);
        List<RlpItem> wanted = TransactionEncoding.fields(chain, asked);
        List<String> names = TransactionEncoding.fieldNames(asked);
        if (fields.size() != wanted.size() + SIGNATURE_FIELDS) {
            throw garbage("a transaction of its type has " + (wanted.size() + SIGNATURE_FIELDS) + " fields, not "
                    + fields.size());
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!fields.get(i).equals(wanted.get(i))) {
                throw wrong(names.get(i) + " " + shown(fields.get(i)) + " in place of " + shown(wanted.get(i)));
            }
        }
        Signature signature = signature(fields.subList(wanted.size(), fields.size()));
        Optional<Address> signer = Secp256k1.recover(TransactionEncoding.signingHash(chain, asked), signature)
                .map(EthereumAddress::of);
        if (!signer.equals(Optional.of(key))) {
            throw wrong("the key of " + signer.map(Address::toString).orElse("nobody") + " in place of " + key);
        }
        if (!TransactionEncoding.signed(chain, asked, signature).equals(raw)) {
            throw garbage("its encoding is not the canonical one");
        }
        return raw;
    }

    private List<RlpItem> fields(Bytes raw) {
        if (raw.size() == 0) {
            throw garbage("it is empty");
        }
        int type = TransactionEncoding.type(raw);
        int wanted = TransactionEncoding.type(asked);
        if (type != wanted) {
            throw wrong("a transaction of type " + type + " in place of type " + wanted);
        }
        try {
            Bytes list = type == 0 ? raw : raw.slice(1, raw.size());
            if (Rlp.decode(list) instanceof RlpItem.Sequence sequence) {
                return sequence.items();
            }
            throw garbage("it is no list of fields");
        } catch (IllegalArgumentException e) {
            throw garbage("it cannot be decoded: " + e.getMessage());
        }
    }

    private Signature signature(List<RlpItem> fields) {
        BigInteger v = number(fields.get(0));
        boolean legacy = TransactionEncoding.type(asked) == 0;
        BigInteger parity =
                legacy ? v.subtract(LEGACY_OFFSET).subtract(chain.value().shiftLeft(1)) : v;
        if (parity.signum() < 0 || parity.bitLength() > 1) {
            throw legacy ? wrong("for " + signedChain(v) + " in place of chain " + chain) : garbage("v is " + v);
        }
        try {
            Signature signature = new Signature(parity.intValue(), number(fields.get(1)), number(fields.get(2)));
            if (!signature.isLowS()) {
                throw garbage("s is in the upper half, which EIP-2 forbids");
            }
            return signature;
        } catch (IllegalArgumentException e) {
            throw garbage(String.valueOf(e.getMessage()));
        }
    }

    private static String signedChain(BigInteger v) {
        return v.compareTo(LEGACY_OFFSET) < 0
                ? "any chain (no replay protection)"
                : "chain " + v.subtract(LEGACY_OFFSET).shiftRight(1);
    }

    private BigInteger number(RlpItem item) {
        if (item instanceof RlpItem.Text text) {
            return text.toNumber();
        }
        throw garbage("a part of the signature is a list");
    }

    private static String shown(RlpItem item) {
        return switch (item) {
            case RlpItem.Text text -> text.bytes().toString();
            case RlpItem.Sequence sequence -> "a list of " + sequence.items().size();
        };
    }

    private SignerException garbage(String how) {
        return new SignerException(
                Reason.SIGNER_GARBAGE,
                "The remote signer's answer for key " + key + " is no signed transaction: " + how
                        + ". Check that it is a Web3Signer in eth1 mode; it is asked again.");
    }

    private SignerException wrong(String what) {
        return new SignerException(
                Reason.SIGNER_WRONG,
                "The remote signer signed something else for key " + key + ": " + what
                        + ". Nothing of it was stored or sent; check the signer (its --chain-id, its keys, and who runs"
                        + " it). It is asked again.");
    }
}
