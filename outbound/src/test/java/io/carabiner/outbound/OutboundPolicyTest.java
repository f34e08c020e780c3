package io.carabiner.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutboundPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "255.255.255.255",
                "192.0.0.8",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "fec0::1",
                "::7f00:1"
            })
    void localAndReservedAddresses_areNotReached(String address) {
        assertThat(OutboundPolicy.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2002:808:808::1"})
    void publicAddresses_areReached(String address) {
        assertThat(OutboundPolicy.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,x.test,10.1.2.3,true",
        "10.1.0.0/16,x.test,10.2.2.3,false",
        "127.0.0.1,x.test,127.0.0.1,true",
        "127.0.0.1,x.test,127.0.0.2,false",
        "Adapter.Test,adapter.test,192.168.0.9,true",
        "adapter.test,other.test,192.168.0.9,false",
        "adapter.test,sub.adapter.test,192.168.0.9,false",
        "fd00::/8,x.test,fd12::1,true",
        "0.0.0.0/0,x.test,169.254.169.254,true",
    })
    void theAllowList_opensWhatItNames(String entry, String host, String address, boolean wanted) {
        OutboundPolicy policy = new OutboundPolicy(List.of(AllowedDestination.parse(entry)));
        assertThat(policy.allows(host, InetAddress.ofLiteral(address))).isEqualTo(wanted);
        assertThat(new OutboundPolicy(List.of()).allows(host, InetAddress.ofLiteral(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0/x", "a b", "http://x.test", "10.0.0.0/-1", "fd00::/129", "*"})
    void allowListEntries_thatAreNone_areRefused(String entry) {
        assertThatThrownBy(() -> AllowedDestination.parse(entry)).isInstanceOf(IllegalArgumentException.class);
    }
}
