package io.carabiner.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code AuditLogger}: whether and where audit events are sent. Immutable.
 *
 * @param headers each as {@code Name: value}
 */
public record AuditLoggerConfig(
        boolean enabled, Optional<URI> forwardToUrl, Optional<String> jsonWrapperKey, Optional<List<String>> headers) {}
