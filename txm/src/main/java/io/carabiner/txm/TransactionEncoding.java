package io.carabiner.txm;

import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.Rlp;
import io.carabiner.crypto.RlpItem;
import io.carabiner.crypto.Signature;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a transaction: type 2 (EIP-1559) for dynamic fees, else legacy bound to its chain (EIP-155). Pure. */
final class TransactionEncoding {

    private static final Bytes DYNAMIC_FEE_TYPE = Bytes.of((byte) 2);

    private TransactionEncoding() {}

    /** What the key signs. */
    static Hash32 signingHash(ChainId chain, UnsignedTransaction transaction) {
        return switch (transaction.fee()) {
            case FeeQuote.Legacy fee -> {
                List<RlpItem> fields = legacyFields(transaction, fee);
                fields.add(RlpItem.of(chain.value()));
                fields.add(RlpItem.of(0));
                fields.add(RlpItem.of(0));
                yield Keccak256.hash(Rlp.encode(RlpItem.list(fields)));
            }
            case FeeQuote.Dynamic fee ->
                Keccak256.hash(
                        DYNAMIC_FEE_TYPE.concat(Rlp.encode(RlpItem.list(dynamicFields(chain, transaction, fee)))));
        };
    }

    /** What is sent. */
    static Bytes signed(ChainId chain, UnsignedTransaction transaction, Signature signature) {
        return switch (transaction.fee()) {
            case FeeQuote.Legacy fee -> {
                List<RlpItem> fields = legacyFields(transaction, fee);
                fields.add(RlpItem.of(signature.v(chain.value())));
                yield encode(fields, signature);
            }
            case FeeQuote.Dynamic fee -> {
                List<RlpItem> fields = dynamicFields(chain, transaction, fee);
                fields.add(RlpItem.of(signature.yParity()));
                yield DYNAMIC_FEE_TYPE.concat(encode(fields, signature));
            }
        };
    }

    private static Bytes encode(List<RlpItem> fields, Signature signature) {
        fields.add(RlpItem.of(signature.r()));
        fields.add(RlpItem.of(signature.s()));
        return Rlp.encode(RlpItem.list(fields));
    }

    private static List<RlpItem> legacyFields(UnsignedTransaction transaction, FeeQuote.Legacy fee) {
        List<RlpItem> fields = new ArrayList<>();
        fields.add(RlpItem.of(transaction.nonce()));
        fields.add(RlpItem.of(fee.gasPrice().amount()));
        addCall(fields, transaction);
        return fields;
    }

    private static List<RlpItem> dynamicFields(ChainId chain, UnsignedTransaction transaction, FeeQuote.Dynamic fee) {
        List<RlpItem> fields = new ArrayList<>();
        fields.add(RlpItem.of(chain.value()));
        fields.add(RlpItem.of(transaction.nonce()));
        fields.add(RlpItem.of(fee.tipCap().amount()));
        fields.add(RlpItem.of(fee.feeCap().amount()));
        addCall(fields, transaction);
        fields.add(RlpItem.list());
        return fields;
    }

    private static void addCall(List<RlpItem> fields, UnsignedTransaction transaction) {
        Payload payload = transaction.payload();
        fields.add(RlpItem.of(payload.gasLimit()));
        fields.add(RlpItem.of(payload.to()));
        fields.add(RlpItem.of(payload.value().amount()));
        fields.add(RlpItem.of(payload.data()));
    }
}
