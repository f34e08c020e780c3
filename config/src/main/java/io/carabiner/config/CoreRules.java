package io.carabiner.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What must hold between keys outside the chains. Messages are the Go node's where it has the rule. */
final class CoreRules {

    private static final Duration LEAST_BACKUP_FREQUENCY = Duration.ofMinutes(1);
    private static final Duration LEAST_POLLING_INTERVAL = Duration.ofMinutes(1);
    private static final String INSECURE = "insecure configs are not allowed on secure builds";

    private final Section config;
    private final Faults faults;

    CoreRules(Section config, Faults faults) {
        this.config = config;
        this.faults = faults;
    }

    void check() {
        networkForOracles();
        telemetry();
        database();
        webServer();
        insecure();
        tracing();
        rest();
    }

    private boolean on(String path) {
        return config.value(path, Boolean.class).orElse(false);
    }

    private String text(String path) {
        return config.value(path, Object.class).map(Object::toString).orElse("");
    }

    private void invalid(List<String> sections, String leaf, Object value, String message) {
        String path = sections.isEmpty() ? leaf : String.join(".", sections) + "." + leaf;
        faults.add(sections, leaf, "invalid value (" + value + "): " + message, config.positionOf(path));
    }

    private void networkForOracles() {
        if ((on("OCR.Enabled") || on("OCR2.Enabled")) && !on("P2P.V2.Enabled")) {
            invalid(
                    List.of(),
                    "P2P.V2.Enabled",
                    false,
                    "P2P required for OCR or OCR2. Please enable P2P or disable OCR/OCR2.");
        }
    }

    private void telemetry() {
        boolean both = on("Tracing.Enabled") && on("Telemetry.Enabled");
        if (both && text("Tracing.CollectorTarget").equals(text("Telemetry.Endpoint"))) {
            invalid(
                    List.of(),
                    "Tracing.CollectorTarget",
                    text("Tracing.CollectorTarget"),
                    "must be another one than Telemetry.Endpoint while both are enabled");
        }
    }

    private void database() {
        Duration lease =
                config.value("Database.Lock.LeaseDuration", Duration.class).orElse(Duration.ZERO);
        Duration refresh = config.value("Database.Lock.LeaseRefreshInterval", Duration.class)
                .orElse(Duration.ZERO);
        if (refresh.compareTo(lease.dividedBy(2)) > 0) {
            invalid(
                    List.of("Database", "Lock"),
                    "LeaseRefreshInterval",
                    GoDuration.print(refresh),
                    "must be less than or equal to half of LeaseDuration (" + GoDuration.print(lease) + ")");
        }
        Duration frequency =
                config.value("Database.Backup.Frequency", Duration.class).orElse(Duration.ZERO);
        boolean backups = !text("Database.Backup.Mode").equals(BackupMode.NONE.toString());
        if (backups && !frequency.isZero() && frequency.compareTo(LEAST_BACKUP_FREQUENCY) < 0) {
            invalid(
                    List.of("Database", "Backup"),
                    "Frequency",
                    GoDuration.print(frequency),
                    "must be 0 (no periodic backups) or at least " + GoDuration.print(LEAST_BACKUP_FREQUENCY));
        }
        if (config.value("Database.MaxOpenConns", Long.class).orElse(1L) < 1) {
            invalid(List.of("Database"), "MaxOpenConns", text("Database.MaxOpenConns"), "must be at least 1");
        }
    }

    private void webServer() {
        switch (config.value("WebServer.AuthenticationMethod", AuthenticationMethod.class)
                .orElse(AuthenticationMethod.LOCAL)) {
            case LDAP -> {
                onlyLocal("ldap");
                ldap();
            }
            case OIDC -> {
                onlyLocal("oidc");
                oidc();
            }
            case LOCAL -> {}
        }
        ports();
    }

    private void ports() {
        boolean noHttp = config.value("WebServer.HTTPPort", Long.class).orElse(0L) == 0;
        boolean noHttps = config.value("WebServer.TLS.HTTPSPort", Long.class).orElse(0L) == 0;
        if (noHttp && noHttps) {
            invalid(List.of("WebServer"), "HTTPPort", 0, "You must specify at least one port to listen on");
        }
    }

    /** Letting people in by another rule than the operator asked for would be worse than not starting. */
    private void onlyLocal(String method) {
        invalid(List.of("WebServer"), "AuthenticationMethod", method, "this version knows local only");
    }

    private void ldap() {
        for (String key : List.of(
                "BaseUserAttr",
                "BaseDN",
                "UsersDN",
                "GroupsDN",
                "AdminUserGroupCN",
                "EditUserGroupCN",
                "RunUserGroupCN",
                "ReadUserGroupCN")) {
            if (text("WebServer.LDAP." + key).isEmpty()) {
                boolean set =
                        config.value("WebServer.LDAP." + key, Object.class).isPresent();
                invalid(List.of("WebServer"), "LDAP." + key, set ? "" : "<nil>", "LDAP " + key + " can not be empty");
            }
        }
    }

    private void oidc() {
        for (String key : List.of(
                "ClientID",
                "ProviderURL",
                "RedirectURL",
                "ClaimName",
                "AdminClaim",
                "EditClaim",
                "RunClaim",
                "ReadClaim")) {
            if (text("WebServer.OIDC." + key).isEmpty()) {
                invalid(List.of("WebServer"), "OIDC." + key, "", "OIDC " + key + " can not be empty");
            }
        }
    }

    private void insecure() {
        for (String key :
                List.of("DevWebServer", "OCRDevelopmentMode", "InfiniteDepthQueries", "DisableRateLimiting")) {
            if (on("Insecure." + key)) {
                invalid(List.of("Insecure"), key, true, INSECURE);
            }
        }
    }

    private void tracing() {
        if (!on("Tracing.Enabled")) {
            return;
        }
        double ratio = config.value("Tracing.SamplingRatio", Double.class).orElse(0.0);
        if (ratio < 0 || ratio > 1) {
            String shown = ratio == Math.rint(ratio) ? Long.toString((long) ratio) : Double.toString(ratio);
            invalid(List.of("Tracing"), "SamplingRatio", shown, "must be between 0 and 1");
        }
        String mode = text("Tracing.Mode");
        if (!mode.equals("tls") && !mode.equals("unencrypted")) {
            invalid(List.of("Tracing"), "Mode", mode, "must be either 'tls' or 'unencrypted'");
        }
        if (mode.equals("tls") && !isFilePath(text("Tracing.TLSCertPath"))) {
            invalid(List.of("Tracing"), "TLSCertPath", text("Tracing.TLSCertPath"), "must be a valid file path");
        }
    }

    private void rest() {
        Optional<String> certificate = config.value("Mercury.TLS.CertFile", String.class);
        if (certificate.isPresent() && !certificate.get().isEmpty() && !isFilePath(certificate.get())) {
            invalid(List.of("Mercury", "TLS"), "CertFile", certificate.get(), "must be a valid file path");
        }
        String scheme = config.value("CRE.WorkflowFetcher.URL", String.class)
                .filter(url -> !url.isEmpty())
                .map(CoreRules::scheme)
                .orElse("file");
        if (!List.of("file", "http", "https").contains(scheme)) {
            invalid(List.of("CRE"), "WorkflowFetcher.URL", scheme, "must be file, http or https");
        }
        Duration polling = config.value("BridgeStatusReporter.PollingInterval", Duration.class)
                .orElse(Duration.ZERO);
        if (on("BridgeStatusReporter.Enabled") && polling.compareTo(LEAST_POLLING_INTERVAL) < 0) {
            invalid(
                    List.of("BridgeStatusReporter"),
                    "PollingInterval",
                    GoDuration.print(polling),
                    "must be greater than or equal to: " + GoDuration.print(LEAST_POLLING_INTERVAL));
        }
    }

    private static String scheme(String url) {
        try {
            return String.valueOf(URI.create(url).getScheme());
        } catch (IllegalArgumentException _) {
            return url;
        }
    }

    private static boolean isFilePath(String text) {
        try {
            return !text.isEmpty() && !Files.isDirectory(Path.of(text));
        } catch (InvalidPathException _) {
            return false;
        }
    }
}
