package io.carabiner.outbound;

import java.util.List;

/**
 * What an operator says about fetching: the table {@code [Carabiner.Outbound]} and the environment's proxies.
 *
 * @param strictLiterals whether URLs that are written out in a job spec obey the policy too
 * @param allowList where URLs may lead beside public addresses
 * @param redirectsMax how many redirects are followed, 0 to 10; as in Go, the one that would be too many is an error
 * @param proxies the ways through proxies
 */
public record OutboundSettings(
        boolean strictLiterals, List<AllowedDestination> allowList, int redirectsMax, Proxies proxies) {

    /** How many redirects are followed unless the operator says otherwise: as many as Go's client. */
    public static final int REDIRECTS_MAX = 10;

    /** Copies the list. */
    public OutboundSettings {
        allowList = List.copyOf(allowList);
    }

    /** Those of the Go node, without proxies. */
    public static OutboundSettings defaults() {
        return new OutboundSettings(false, List.of(), REDIRECTS_MAX, Proxies.none());
    }
}
