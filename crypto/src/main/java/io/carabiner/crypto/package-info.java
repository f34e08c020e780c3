/**
 * Hashes, signatures, ciphers and address checksums, as pure functions.
 *
 * <p>It must not do IO, read a clock, keep a secret or log.
 */
@NullMarked
package io.carabiner.crypto;

import org.jspecify.annotations.NullMarked;
