/**
 * The doctor: looks at what a node with this configuration would meet, and says what to do.
 *
 * <p>It owns nothing and changes nothing, and it must not know the rooms that do a node's work: it asks the servers and
 * the machine itself.
 */
@NullMarked
package io.carabiner.doctor;

import org.jspecify.annotations.NullMarked;
