package io.carabiner.keystore;

/**
 * A bundle of keys for version 1 of off-chain reporting: what may be shown of it.
 *
 * @param id 64 hex digits
 * @param onChainSigningAddress {@code ocrsad_} and a checksummed address
 * @param offChainPublicKey {@code ocroff_} and 64 hex digits
 * @param configPublicKey {@code ocrcfg_} and 64 hex digits
 */
public record OcrKey(String id, String onChainSigningAddress, String offChainPublicKey, String configPublicKey) {}
