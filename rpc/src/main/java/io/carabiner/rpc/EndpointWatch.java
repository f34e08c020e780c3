package io.carabiner.rpc;

/** Is told when an endpoint's state changes. Called under the endpoint's lock: must be quick and not call back. */
interface EndpointWatch {
    void changed(Endpoint endpoint, EndpointState before, EndpointState now, String why);
}
