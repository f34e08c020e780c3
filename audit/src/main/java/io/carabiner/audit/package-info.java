/**
 * Who changed what, from where, and what stood there before: kept in rows that each carry the hash of the one before,
 * so that a row that was changed or taken out shows; and sent on to where the operator wants it.
 *
 * <p>It owns the table {@code audit_entries}. It must not know what it keeps: texts of others, free of secrets by then.
 */
@NullMarked
package io.carabiner.audit;

import org.jspecify.annotations.NullMarked;
