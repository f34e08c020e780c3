/**
 * Holds, derives, imports and exports keys in a password-encrypted ring.
 *
 * <p>It owns the key ring tables. It must not log, and it hands out signatures, not secrets.
 */
@NullMarked
package io.carabiner.keystore;

import org.jspecify.annotations.NullMarked;
