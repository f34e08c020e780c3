package io.carabiner.keystore;

/**
 * A bundle of keys for version 2 of off-chain reporting on EVM chains: what may be shown of it. All keys are hex digits
 * without a prefix.
 *
 * @param id 64 digits
 * @param onchainPublicKey the address that signs reports, 40 lower-case digits
 * @param offchainPublicKey 64 digits
 * @param configPublicKey 64 digits
 */
public record Ocr2Key(String id, String onchainPublicKey, String offchainPublicKey, String configPublicKey) {

    /** The only type of chain that is kept here. */
    public static final String CHAIN_TYPE = "evm";
}
