package io.carabiner.testkit;

import com.esaulpaugh.headlong.abi.Function;
import io.carabiner.primitives.Address;
import java.util.stream.Stream;

/** A real AuthorizedForwarder on a development chain, and what its owner does to it. */
public final class TestForwarder {

    private static final Function SET_SENDERS = Function.parse("setAuthorizedSenders(address[])");

    private final TestChain chain;
    private final Address owner;
    private final Address address;

    private TestForwarder(TestChain chain, Address owner, Address address) {
        this.chain = chain;
        this.owner = owner;
        this.address = address;
    }

    /** A forwarder that lets nobody pass. */
    public static TestForwarder deploy(TestChain chain, Address owner, Address link) {
        Address address = chain.deploy(
                owner,
                TestChain.creationCode("AuthorizedForwarder")
                        .concat(TestFeed.encoded(
                                "(address,address,address,bytes)",
                                TestFeed.abi(link),
                                TestFeed.abi(owner),
                                TestFeed.abi(Address.ZERO),
                                new byte[0])));
        return new TestForwarder(chain, owner, address);
    }

    /** Where it is. */
    public Address address() {
        return address;
    }

    /** Lets these pass, and no others. */
    public void letPass(Address... senders) {
        Object all = Stream.of(senders).map(TestFeed::abi).toArray(com.esaulpaugh.headlong.abi.Address[]::new);
        chain.execute(owner, address, TestFeed.call(SET_SENDERS, all));
    }
}
