/**
 * The only way to PostgreSQL: the pool, the migrations, the lease with its epoch, and the gateway that all writes pass.
 *
 * <p>It owns the lease table and the fence. It must not know what the rooms above store.
 */
@NullMarked
package io.carabiner.database;

import org.jspecify.annotations.NullMarked;
