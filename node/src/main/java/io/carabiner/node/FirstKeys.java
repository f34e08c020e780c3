package io.carabiner.node;

import io.carabiner.config.EvmConfig;
import io.carabiner.config.NodeConfig;
import io.carabiner.crypto.Eip55;
import io.carabiner.keystore.EthKey;
import io.carabiner.keystore.Keystore;
import io.carabiner.keystore.StoredKeys;
import io.carabiner.primitives.ChainId;
import io.carabiner.telemetry.NodeMessages;
import java.util.List;

/**
 * The keys that a node makes for itself when it has none: one for each chain that wants it, one CSA key, and those that
 * oracle networks need where they are switched on (Go node 2.15, core/cmd/shell_local.go).
 */
final class FirstKeys {

    private FirstKeys() {}

    static void ensure(Keystore keystore, NodeConfig config, NodeMessages messages) {
        // A chain whose keys a remote signer has needs none of its own.
        config.carabiner().evm().stream()
                .filter(chain -> chain.remoteSigner().url().isPresent())
                .forEach(chain -> keystore.eth()
                        .useRemote(chain.chainId(), chain.remoteSigner().keys()));
        List<ChainId> chains = config.evm().stream()
                .filter(chain -> chain.enabled() && chain.autoCreateKey())
                .map(EvmConfig::chainId)
                .toList();
        for (EthKey key : keystore.eth().ensure(chains)) {
            messages.keyCreated(Eip55.format(key.address()), key.chainId().toString());
        }
        one(keystore.csa());
        if (on(config, "OCR.Enabled")) {
            one(keystore.ocr());
        }
        if (on(config, "OCR2.Enabled")) {
            one(keystore.ocr2());
        }
        if (on(config, "P2P.V2.Enabled") && (on(config, "OCR.Enabled") || on(config, "OCR2.Enabled"))) {
            one(keystore.p2p());
        }
    }

    private static boolean on(NodeConfig config, String key) {
        return config.value(key, Boolean.class).orElse(false);
    }

    private static void one(StoredKeys<?> keys) {
        if (keys.list().isEmpty()) {
            keys.create();
        }
    }
}
