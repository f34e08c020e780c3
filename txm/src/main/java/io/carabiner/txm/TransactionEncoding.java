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

/**
 * The bytes of a transaction: type 2 (EIP-1559) for dynamic fees; with one price type 1 (EIP-2930) if it has an access
 * list, else legacy bound to its chain (EIP-155). Pure.
 */
final class TransactionEncoding {

    private static final Bytes ACCESS_LIST_TYPE = Bytes.of((byte) 1);
    private static final Bytes DYNAMIC_FEE_TYPE = Bytes.of((byte) 2);
    private static final int RLP_LIST = 0xc0;

    private TransactionEncoding() {}

    /** The type of what was signed: 0, 1 or 2. */
    static int type(Bytes raw) {
        int first = raw.at(0) & 0xff;
        return first >= RLP_LIST ? 0 : first;
    }

    /** The type that it gets when it is signed. */
    static int type(UnsignedTransaction transaction) {
        return switch (transaction.fee()) {
            case FeeQuote.Legacy ignored -> hasList(transaction) ? 1 : 0;
            case FeeQuote.Dynamic ignored -> 2;
        };
    }

    /** All fields but the signature's, in their order. */
    static List<RlpItem> fields(ChainId chain, UnsignedTransaction transaction) {
        return switch (transaction.fee()) {
            case FeeQuote.Legacy fee ->
                hasList(transaction) ? accessListFields(chain, transaction, fee) : legacyFields(transaction, fee);
            case FeeQuote.Dynamic fee -> dynamicFields(chain, transaction, fee);
        };
    }

    /** What {@link #fields} are, for people. */
    static List<String> fieldNames(UnsignedTransaction transaction) {
        return switch (type(transaction)) {
            case 0 -> List.of("nonce", "gas price", "gas limit", "to", "value", "data");
            case 1 -> List.of("chain id", "nonce", "gas price", "gas limit", "to", "value", "data", "access list");
            default ->
                List.of("chain id", "nonce", "tip cap", "fee cap", "gas limit", "to", "value", "data", "access list");
        };
    }

    private static boolean hasList(UnsignedTransaction transaction) {
        return !transaction.payload().accessList().isEmpty();
    }

    /** What the key signs. */
    static Hash32 signingHash(ChainId chain, UnsignedTransaction transaction) {
        return switch (transaction.fee()) {
            case FeeQuote.Legacy fee
            when hasList(transaction) ->
                Keccak256.hash(
                        ACCESS_LIST_TYPE.concat(Rlp.encode(RlpItem.list(accessListFields(chain, transaction, fee)))));
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
            case FeeQuote.Legacy fee
            when hasList(transaction) -> {
                List<RlpItem> fields = accessListFields(chain, transaction, fee);
                fields.add(RlpItem.of(signature.yParity()));
                yield ACCESS_LIST_TYPE.concat(encode(fields, signature));
            }
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
        fields.add(accessList(transaction));
        return fields;
    }

    private static List<RlpItem> accessListFields(ChainId chain, UnsignedTransaction transaction, FeeQuote.Legacy fee) {
        List<RlpItem> fields = legacyFields(transaction, fee);
        fields.addFirst(RlpItem.of(chain.value()));
        fields.add(accessList(transaction));
        return fields;
    }

    private static RlpItem accessList(UnsignedTransaction transaction) {
        return RlpItem.list(transaction.payload().accessList().stream()
                .map(TransactionEncoding::entry)
                .toList());
    }

    private static RlpItem entry(AccessListEntry entry) {
        RlpItem keys = RlpItem.list(
                entry.storageKeys().stream().map(key -> RlpItem.of(key.bytes())).toList());
        return RlpItem.list(List.of(RlpItem.of(entry.address()), keys));
    }

    private static void addCall(List<RlpItem> fields, UnsignedTransaction transaction) {
        Payload payload = transaction.payload();
        fields.add(RlpItem.of(payload.gasLimit()));
        fields.add(RlpItem.of(payload.to()));
        fields.add(RlpItem.of(payload.value().amount()));
        fields.add(RlpItem.of(payload.data()));
    }
}
