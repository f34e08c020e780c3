package io.carabiner.fluxmonitor;

import io.carabiner.evm.BlockTag;
import io.carabiner.evm.CallRequest;
import io.carabiner.evm.EthClient;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import java.math.BigInteger;
import java.util.List;

/** The contract that tells feeds to sleep. Go counterpart: core/services/fluxmonitorv2/flags.go (2.15). */
final class FlagsContract {

    private static final String FLAGS = "getFlags(address[])";
    private static final BigInteger LIST_OFFSET = BigInteger.valueOf(32);

    private final EthClient rpc;
    private final Address address;

    FlagsContract(EthClient rpc, Address address) {
        this.rpc = rpc;
        this.address = address;
    }

    /** Whether a feed is to sleep: the flag of all feeds, which is that of the zero address, and its own are raised. */
    boolean areRaised(Address feed) {
        Bytes call = Words.call(
                FLAGS, Words.word(LIST_OFFSET), Words.word(BigInteger.TWO), Words.word(Address.ZERO), Words.word(feed));
        List<Bytes> flags = Words.of(rpc.call(CallRequest.to(address, call), BlockTag.LATEST), FLAGS, 2)
                .list(FLAGS);
        if (flags.size() != 2) {
            throw FeedException.answer(FLAGS, "has " + flags.size() + " flags, not 2");
        }
        return flags.stream().noneMatch(Words.word(BigInteger.ZERO)::equals);
    }
}
