package io.carabiner.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Map;

/**
 * A JSON:API resource.
 *
 * @param type one of the Go node's words
 * @param attributes a record whose components are the fields, in their order
 * @param meta what the Go node does not tell; left out where it is empty
 */
record Resource(
        String type,
        String id,
        Object attributes,
        @JsonInclude(Include.NON_EMPTY) Map<String, Object> meta) {

    /** A resource as the Go node has it. */
    Resource(String type, String id, Object attributes) {
        this(type, id, attributes, Map.of());
    }
}
