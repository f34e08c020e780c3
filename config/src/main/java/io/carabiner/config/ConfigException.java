package io.carabiner.config;

import io.carabiner.primitives.FaultException;
import java.util.List;

/**
 * The configuration, the secrets or the environment cannot be used.
 *
 * <p>The message lists every fault in the Go node's form, then where each is. It never contains a secret.
 */
public final class ConfigException extends FaultException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigFault> faults;

    ConfigException(String message, List<ConfigFault> faults) {
        super("CONFIG_INVALID", message);
        this.faults = List.copyOf(faults);
    }

    /** Every fault that was found. */
    public List<ConfigFault> faults() {
        return faults;
    }
}
