package io.carabiner.web;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigInteger;
import java.util.Optional;

/** Addresses and chain ids as callers write them. Pure. */
final class ChainTexts {

    private static final int ADDRESS_DIGITS = 40;

    private ChainTexts() {}

    /** A chain id in digits. */
    static Optional<ChainId> chainId(String text) {
        return text.matches("\\d{1,78}") ? Optional.of(new ChainId(new BigInteger(text))) : Optional.empty();
    }

    /**
     * An address, in any case.
     *
     * @throws WebException with this status and the text of Go's error
     */
    static Address address(String text, int status) {
        if (!text.matches("(0x|0X)[0-9a-fA-F]*")) {
            throw WebException.refused(status, "json: cannot unmarshal hex string without 0x prefix");
        }
        int digits = text.length() - 2;
        if (digits != ADDRESS_DIGITS) {
            throw WebException.refused(
                    status, "hex string has length " + digits + ", want " + ADDRESS_DIGITS + " for common.Address");
        }
        return Address.fromHex(text);
    }
}
