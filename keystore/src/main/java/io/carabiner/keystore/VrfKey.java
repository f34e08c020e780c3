package io.carabiner.keystore;

/**
 * A key that proves randomness: what may be shown of it. All members are lower-case hex digits behind {@code 0x}.
 *
 * @param compressed 33 bytes: x, then 01 for an odd y, else 00; this is the key's id
 * @param uncompressed 64 bytes: x, then y
 * @param hash Keccak-256 of the uncompressed key: the coordinator's name for it
 */
public record VrfKey(String compressed, String uncompressed, String hash) {}
