package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.EthereumAddress;
import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.PrivateKey;
import io.carabiner.crypto.Secp256k1;
import io.carabiner.crypto.Signature;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TransactionEncodingTest {

    /** The example in the text of EIP-155. */
    @Test
    void legacy_isEncodedAsInEip155() {
        PrivateKey key = PrivateKey.fromHex("4646464646464646464646464646464646464646464646464646464646464646");
        UnsignedTransaction transaction = new UnsignedTransaction(
                9,
                new Payload(
                        Address.fromHex("0x3535353535353535353535353535353535353535"),
                        Bytes.EMPTY,
                        new Wei(BigInteger.TEN.pow(18)),
                        21_000),
                new FeeQuote.Legacy(Wei.ofGwei(20)));
        ChainId chain = ChainId.of(1);
        Hash32 digest = TransactionEncoding.signingHash(chain, transaction);
        assertThat(digest)
                .isEqualTo(Hash32.fromHex("0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53"));
        assertThat(TransactionEncoding.signed(chain, transaction, Secp256k1.sign(key, digest))
                        .toString())
                .isEqualTo("0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025"
                        + "a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
                        + "a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83");
    }

    /** A transfer that a Go node 2.15 signed and anvil mined: rest/809-transfer of the recordings. */
    @Test
    void dynamicFee_isEncodedAsARecordedTransfer() {
        ChainId chain = ChainId.of(1337);
        UnsignedTransaction transaction = new UnsignedTransaction(
                26,
                new Payload(
                        Address.fromHex("0x000000000000000000000000000000000000dEaD"),
                        Bytes.EMPTY,
                        Wei.of(1_000_000_000_000_000L),
                        21_000),
                new FeeQuote.Dynamic(Wei.of(1_000_000_000_000_000L), Wei.ofGwei(1)));
        Bytes raw = TransactionEncoding.signed(chain, transaction, recorded());
        assertThat(Keccak256.hash(raw))
                .isEqualTo(Hash32.fromHex("0x7539af28205bed90b5293e5846d439120d7d8bde7d64b817f663fb431bb42d23"));
        assertThat(EthereumAddress.recover(TransactionEncoding.signingHash(chain, transaction), recorded()))
                .contains(Address.fromHex("0xaf16297ccf41ecec55f57cabe0c194aa64446a95"));
        assertThat(view(raw).rlpStreamForm().toString()).isEqualTo("0xb879" + raw.toBareHex());
    }

    private static Signature recorded() {
        return new Signature(
                1,
                new BigInteger("9bda0d3c9e223eb5b4cecfef3abedee9dfc4174357061989452a4ef32e77dd1c", 16),
                new BigInteger("6b145d4189ab8daa43f9285a50cce32feeed32af39d1f564a3ceaab5ef5b6978", 16));
    }

    private static AttemptView view(Bytes raw) {
        return new AttemptView(
                1,
                Hash32.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                raw,
                OptionalLong.empty(),
                Instant.EPOCH);
    }
}
