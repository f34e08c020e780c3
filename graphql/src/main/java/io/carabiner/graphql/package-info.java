/**
 * The GraphQL face of the node: the schema, what a document may cost, who may ask for which field, how errors look.
 *
 * <p>It owns the schema and the limits. It must not know what a job, a key or a transaction is, nor HTTP, JSON or
 * databases: another room brings a resolver for each field of the two roots.
 */
@NullMarked
package io.carabiner.graphql;

import org.jspecify.annotations.NullMarked;
