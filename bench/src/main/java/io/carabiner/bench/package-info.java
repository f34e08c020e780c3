/**
 * Benchmarks of the whole path, run by hand; nothing here is part of the node.
 *
 * <p>It may see every room from outside, as a client does. No room sees it, and the node must not need it.
 */
@NullMarked
package io.carabiner.bench;

import org.jspecify.annotations.NullMarked;
