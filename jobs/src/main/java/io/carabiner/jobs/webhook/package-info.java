/**
 * Jobs that run when somebody calls: users, and the external initiators that a job names.
 *
 * <p>It owns the table external_initiators. It uses the public face of {@code jobs} only and must not know HTTP routes.
 */
@NullMarked
package io.carabiner.jobs.webhook;

import org.jspecify.annotations.NullMarked;
