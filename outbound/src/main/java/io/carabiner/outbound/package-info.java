/**
 * Fetches URLs that strangers have a say in: an HTTP/1.1 client that resolves names itself, checks every address
 * against the policy before it connects, and has a limit for everything a server may send.
 *
 * <p>It owns connections and the policy. It must not know tasks, jobs, values or the database.
 */
@NullMarked
package io.carabiner.outbound;

import org.jspecify.annotations.NullMarked;
