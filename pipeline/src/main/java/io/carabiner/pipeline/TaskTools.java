package io.carabiner.pipeline;

import io.carabiner.primitives.TimeSource;

/** What all tasks of a node share. */
record TaskTools(
        PipelineSettings settings,
        BridgeLookup bridges,
        BridgeCache bridgeCache,
        EthereumAccess ethereum,
        HttpAccess http,
        PipelineMetrics metrics,
        TimeSource time) {}
