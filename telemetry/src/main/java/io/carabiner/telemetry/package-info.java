/**
 * What the node says about itself: metrics under the Go node's names, health checks, and the messages an operator
 * reads.
 *
 * <p>It owns the metric registry and the log format. It must not know what any metric means to the room that moves it.
 */
@NullMarked
package io.carabiner.telemetry;

import org.jspecify.annotations.NullMarked;
