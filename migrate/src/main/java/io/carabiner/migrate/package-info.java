/**
 * From an old Go node to here: reads the JSON jobs of version 1 and writes job specs of today.
 *
 * <p>It owns no state. It must not know databases, chains, files or command lines.
 */
@NullMarked
package io.carabiner.migrate;

import org.jspecify.annotations.NullMarked;
