package io.carabiner.config;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold for the keys of our own. */
final class CarabinerRules {

    private final Section config;
    private final Faults faults;

    CarabinerRules(Section config, Faults faults) {
        this.config = config;
        this.faults = faults;
    }

    void check() {
        chains();
        guards();
    }

    private void guards() {
        boolean inLink = config.value("Carabiner.Guards.ProfitGate", GuardSettings.ProfitGate.class)
                .filter(GuardSettings.ProfitGate.LINK::equals)
                .isPresent();
        if (inLink && config.value("Carabiner.Guards.LinkPrice", Wei.class).isEmpty()) {
            faults.add(
                    List.of(CarabinerKeys.ROOT, "Guards"),
                    "LinkPrice",
                    "missing: ProfitGate 'link' needs it",
                    config.positionOf("Carabiner.Guards.ProfitGate"));
        }
    }

    private void chains() {
        Set<ChainId> known = config.list("EVM").stream()
                .flatMap(chain -> chain.value("ChainID", ChainId.class).stream())
                .collect(Collectors.toSet());
        List<Section> entries = Optional.ofNullable(config.sections().get(CarabinerKeys.ROOT))
                .map(section -> section.list("EVM"))
                .orElse(List.of());
        var seen = new HashSet<ChainId>();
        for (int i = 0; i < entries.size(); i++) {
            Section entry = entries.get(i);
            Optional<ChainId> id = entry.value("ChainID", ChainId.class);
            signer(i, entry);
            if (id.isEmpty()) {
                report(i, entry, "missing: say which chain this is for");
            } else if (!seen.add(id.get())) {
                report(i, entry, "invalid value (" + id.get() + "): duplicate - must be unique");
            } else if (!known.contains(id.get())) {
                report(i, entry, "invalid value (" + id.get() + "): there is no [[EVM]] with this ChainID");
            }
        }
    }

    private void signer(int index, Section entry) {
        Section signer = entry.sections().get("RemoteSigner");
        if (signer == null) {
            return;
        }
        Optional<URI> url = signer.value("URL", URI.class);
        boolean keys =
                signer.value("Keys", List.class).filter(list -> !list.isEmpty()).isPresent();
        if (url.isEmpty() && keys) {
            report(index, signer, "URL", "missing: say where the signer of these Keys listens");
        }
        if (url.isPresent() && !keys) {
            report(index, signer, "Keys", "missing: say which accounts the signer signs for");
        }
        url.filter(where -> !List.of("http", "https").contains(String.valueOf(where.getScheme())))
                .ifPresent(where -> report(index, signer, "URL", "must be http or https"));
        url.filter(where -> where.getRawUserInfo() != null)
                .ifPresent(where -> report(
                        index,
                        signer,
                        "URL",
                        "must not hold a user or password: use ClientKeyStore, or a network of" + " its own"));
        if (signer.value("ClientKeyStore", String.class).isPresent()
                != signer.value("ClientKeyStorePasswordFile", String.class).isPresent()) {
            report(index, signer, "ClientKeyStorePasswordFile", "ClientKeyStore and this must be set together");
        }
    }

    private void report(int index, Section signer, String key, String message) {
        faults.add(
                List.of(CarabinerKeys.ROOT, "EVM", Integer.toString(index), "RemoteSigner"),
                key,
                message,
                signer.positionOf(key));
    }

    private void report(int index, Section entry, String message) {
        faults.add(
                List.of(CarabinerKeys.ROOT, "EVM", Integer.toString(index)),
                "ChainID",
                message,
                entry.positionOf("ChainID"));
    }
}
