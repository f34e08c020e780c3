package io.carabiner.keystore;

import java.security.SecureRandom;
import java.util.HexFormat;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Raw: 64 bytes Ed25519 (Go node 2.15, core/services/keystore/keys/csakey). */
final class CsaKind implements KeyKind<CsaKey> {

    @Override
    public String member() {
        return "CSA";
    }

    @Override
    public String passwordPrefix() {
        return "csakey";
    }

    @Override
    public int createdMax() {
        return 1;
    }

    @Override
    public byte[] generate(SecureRandom random) {
        return Ed25519Keys.generate(random);
    }

    @Override
    public CsaKey describe(byte[] raw) {
        if (raw.length != Ed25519Keys.PRIVATE_SIZE) {
            throw new IllegalArgumentException("a CSA key has 64 bytes");
        }
        return new CsaKey(HexFormat.of().formatHex(Ed25519Keys.publicKey(raw, 0)));
    }

    @Override
    public String id(CsaKey key) {
        return key.id();
    }

    @Override
    public ObjectNode file(CsaKey key, ObjectNode crypto) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("keyType", member());
        file.put("publicKey", key.id());
        file.set("crypto", crypto);
        return file;
    }
}
