package io.carabiner.rpc;

import io.carabiner.primitives.TimeSource;

/** What the endpoints of one chain share. */
record PoolContext(Heights heights, RpcMeter meter, TimeSource time, EndpointWatch watch) {}
