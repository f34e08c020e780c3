package io.carabiner.pipeline;

import io.carabiner.primitives.TimeSource;

/** What all tasks of a node share. */
record TaskTools(
        PipelineSettings settings,
        BridgeLookup bridges,
        BridgeCache bridgeCache,
        BridgeWatch bridgeWatch,
        EthereumAccess ethereum,
        HttpAccess http,
        PipelineMetrics metrics,
        TimeSource time) {}
