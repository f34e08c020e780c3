package io.carabiner.node;

import io.carabiner.crypto.Secp256k1;
import io.carabiner.crypto.Secp256k1.Implementation;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Metrics;
import io.carabiner.telemetry.NodeMessages;

/** Shows what signs: told once with the first signature, and as a gauge with the value 1 at each scrape. */
final class SigningEngine {

    private SigningEngine() {}

    static void register(boolean nativeAllowed, Metrics metrics, NodeMessages messages) {
        Secp256k1.configure(nativeAllowed, chosen -> messages.signsWith(chosen.toString()));
        Gauge gauge =
                metrics.gauge("signing_engine", "1 for the code that signs transactions in this process", "engine");
        metrics.beforeExposition(() -> {
            for (Implementation each : Implementation.values()) {
                gauge.set(each == Secp256k1.implementation() ? 1 : 0, each.toString());
            }
        });
    }
}
