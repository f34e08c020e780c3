package io.carabiner.web;

/**
 * A JSON:API resource.
 *
 * @param type one of the Go node's words
 * @param attributes a record whose components are the fields, in their order
 */
record Resource(String type, String id, Object attributes) {}
