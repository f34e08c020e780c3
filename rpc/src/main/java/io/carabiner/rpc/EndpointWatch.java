package io.carabiner.rpc;

import java.util.List;

/** Is told how endpoints fare. Must be quick and not call back. */
interface EndpointWatch {

    /** The state of an endpoint changed. Called under the endpoint's lock. */
    void changed(Endpoint endpoint, EndpointState before, EndpointState now, String why);

    /** Endpoints gave different answers to the same call, and no majority settled it. */
    void disagree(String method, List<String> nodes);
}
