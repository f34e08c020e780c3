package io.carabiner.rpc;

import io.carabiner.telemetry.EvmMessages;

/** Tells the operator how endpoints fare. */
record EndpointMessages(EvmMessages messages) implements EndpointWatch {

    @Override
    public void changed(Endpoint endpoint, EndpointState before, EndpointState now, String why) {
        switch (now) {
            case ALIVE -> messages.endpointAlive(endpoint.name());
            case INVALID_CHAIN_ID -> messages.endpointWrongChain(endpoint.name(), why);
            case UNREACHABLE -> messages.endpointUnreachable(endpoint.name(), why);
            case UNDIALED, CLOSED -> {}
        }
    }
}
