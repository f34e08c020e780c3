/**
 * Job specs, their triggers and their runs, from the chain event to the answer.
 *
 * <p>It owns the job, run and request tables. It must not know HTTP routes or command lines.
 */
@NullMarked
package io.carabiner.jobs;

import org.jspecify.annotations.NullMarked;
