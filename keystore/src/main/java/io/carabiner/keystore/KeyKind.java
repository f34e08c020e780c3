package io.carabiner.keystore;

import java.security.SecureRandom;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the ring's lists of raw keys have in common: how a raw key is made, what may be shown of it, and how its file
 * looks. Stateless.
 *
 * @param <K> what may be shown of a key
 */
interface KeyKind<K> {

    /** The member of the ring that holds these keys, also the word for them in the Go node's errors. */
    String member();

    /** The word for a kind of key in the Go node's errors; the ring's member but for OCR2. */
    default String errorWord() {
        return member();
    }

    /** What stands before the password of a file of this kind, so that no file opens as another kind. */
    String passwordPrefix();

    /** A new raw key; the caller owns the array. */
    byte[] generate(SecureRandom random);

    /**
     * What may be shown of a raw key; the array is left as it is.
     *
     * @throws IllegalArgumentException if it is no key of this kind; the message holds nothing of it
     */
    K describe(byte[] raw);

    /** Whether a raw key is for this node: others are kept in the ring and not shown. */
    default boolean understands(byte[] raw) {
        return true;
    }

    /** The identity under which a key is found. */
    String id(K key);

    /** The id as the Go node writes it in "unable to find". */
    default String shownId(String id) {
        return id;
    }

    /** Writes what stands in a file of this key. */
    ObjectNode file(K key, ObjectNode crypto);

    /** The encrypted part of a file. */
    default JsonNode crypto(JsonNode file) {
        return EncryptedJson.child(file, "crypto");
    }

    /** Why a file is not looked into, before its encrypted part is. */
    default Optional<String> objection(JsonNode file) {
        return Optional.empty();
    }

    /** What the Go node says before the reason for which a file was not decrypted. */
    default String decryptFault(JsonNode file) {
        return "failed to decrypt " + member() + " key: ";
    }

    /** Whether a key that is in the ring may be imported once more. */
    default boolean importedAgain() {
        return false;
    }

    /** How many keys may be made; imports are not counted, as in the Go node. */
    default int createdMax() {
        return Integer.MAX_VALUE;
    }
}
