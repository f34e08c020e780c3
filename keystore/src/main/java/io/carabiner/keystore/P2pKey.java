package io.carabiner.keystore;

import java.util.Optional;

/**
 * The key of the node in networks of oracles: what may be shown of it.
 *
 * @param id the peer id in base 58, without {@code p2p_}
 * @param publicKey the Ed25519 public key, 64 hex digits
 */
public record P2pKey(String id, String publicKey) {

    /** What stands before a peer id where it is shown. */
    public static final String PREFIX = "p2p_";

    /** The peer id as it is shown. */
    public String peerId() {
        return PREFIX + id;
    }

    /** What is wrong with a peer id, with or without its prefix, in the Go node's words; nothing if it is one. */
    public static Optional<String> complaint(String peerId) {
        String front = "PeerID#UnmarshalText(\"" + peerId + "\"): ";
        Optional<Integer> length = PeerIds.length(bare(peerId));
        if (length.isEmpty()) {
            return Optional.of(front + "invalid base58 string");
        }
        return length.get() == PeerIds.SIZE
                ? Optional.empty()
                : Optional.of(
                        front + "unexpected peerid length (was " + length.get() + ", expected " + PeerIds.SIZE + ")");
    }

    /** The peer id without what may stand before it. */
    public static String bare(String peerId) {
        return peerId.startsWith(PREFIX) ? peerId.substring(PREFIX.length()) : peerId;
    }
}
