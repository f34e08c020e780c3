package io.carabiner.keystore;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Raw: 64 bytes Ed25519 behind the four bytes of libp2p's protobuf (Go node 2.15, keys/p2pkey). */
final class P2pKind implements KeyKind<P2pKey> {

    private static final byte[] FRONT = HexFormat.of().parseHex("08011240");

    @Override
    public String member() {
        return "P2P";
    }

    @Override
    public String passwordPrefix() {
        return "p2pkey";
    }

    @Override
    public String shownId(String id) {
        return P2pKey.PREFIX + id;
    }

    @Override
    public byte[] generate(SecureRandom random) {
        byte[] key = Ed25519Keys.generate(random);
        byte[] raw = Arrays.copyOf(FRONT, FRONT.length + key.length);
        System.arraycopy(key, 0, raw, FRONT.length, key.length);
        Arrays.fill(key, (byte) 0);
        return raw;
    }

    @Override
    public P2pKey describe(byte[] raw) {
        boolean framed = raw.length == FRONT.length + Ed25519Keys.PRIVATE_SIZE
                && Arrays.equals(raw, 0, FRONT.length, FRONT, 0, FRONT.length);
        if (!framed) {
            throw new IllegalArgumentException("a P2P key is 64 bytes of Ed25519 in a protobuf of libp2p");
        }
        byte[] publicKey = Ed25519Keys.publicKey(raw, FRONT.length);
        return new P2pKey(PeerIds.of(publicKey), HexFormat.of().formatHex(publicKey));
    }

    @Override
    public String id(P2pKey key) {
        return key.id();
    }

    @Override
    public ObjectNode file(P2pKey key, ObjectNode crypto) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("keyType", member());
        file.put("publicKey", key.publicKey());
        file.put("peerID", key.peerId());
        file.set("crypto", crypto);
        return file;
    }
}
