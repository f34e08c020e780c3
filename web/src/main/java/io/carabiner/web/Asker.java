package io.carabiner.web;

/**
 * Who asks over GraphQL.
 *
 * @param origin the address that called
 */
record Asker(Principal principal, String origin) {}
