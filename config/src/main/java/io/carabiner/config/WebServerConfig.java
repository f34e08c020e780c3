package io.carabiner.config;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Section {@code WebServer}. Components carry the names of the TOML keys (docs/configuration.md). Immutable. */
public record WebServerConfig(
        AuthenticationMethod authenticationMethod,
        String allowOrigins,
        Optional<URI> bridgeResponseUrl,
        Duration bridgeCacheTtl,
        Duration httpWriteTimeout,
        int httpPort,
        boolean secureCookies,
        Duration sessionTimeout,
        Duration sessionReaperExpiration,
        FileSize httpMaxSize,
        Duration startTimeout,
        InetAddress listenIp,
        Mfa mfa,
        RateLimit rateLimit,
        Tls tls) {

    /** Section {@code WebServer.MFA}. */
    public record Mfa(Optional<String> rpId, Optional<String> rpOrigin) {}

    /** Section {@code WebServer.RateLimit}: requests in a period, per client address. */
    public record RateLimit(
            long authenticated, Duration authenticatedPeriod, long unauthenticated, Duration unauthenticatedPeriod) {}

    /** Section {@code WebServer.TLS}. */
    public record Tls(
            Optional<String> certPath,
            boolean forceRedirect,
            Optional<String> host,
            int httpsPort,
            Optional<String> keyPath,
            InetAddress listenIp) {}
}
