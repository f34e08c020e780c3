package io.carabiner.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the operator configured, with defaults laid under it, checked. Immutable.
 *
 * <p>The sections that rooms use are records whose components carry the names of the TOML keys; any other key is
 * read with {@link #value}.
 */
public final class NodeConfig {

    private final Section input;
    private final Section effective;
    private final Sections sections;
    private final Secrets secrets;
    private final Path rootDir;
    private final Optional<List<String>> legacyNotes;

    /**
     * From what was read; the sections must not change any more.
     *
     * @throws ConfigException if a value cannot be what its typed section holds
     */
    NodeConfig(
            Section input,
            Section effective,
            Section secrets,
            Map<String, String> env,
            Optional<List<String>> legacyNotes) {
        this.legacyNotes = legacyNotes;
        this.input = input;
        this.effective = effective;
        try {
            this.sections = Binder.bind(Sections.class, effective);
            this.secrets = Binder.bind(Secrets.class, secrets);
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            throw new ConfigException(
                    "invalid configuration: " + reason, List.of(new ConfigFault("", reason, Optional.empty())));
        }
        this.rootDir = RootDir.expanded(sections.rootDir(), env);
    }

    /** The typed part: the root of the file. */
    record Sections(
            boolean insecureFastScrypt,
            boolean insecurePprofHeap,
            String rootDir,
            Duration shutdownGracePeriod,
            Feature feature,
            DatabaseConfig database,
            AuditLoggerConfig auditLogger,
            LogConfig log,
            WebServerConfig webServer,
            JobPipelineConfig jobPipeline,
            FluxMonitor fluxMonitor,
            List<EvmConfig> evm,
            CarabinerConfig carabiner) {}

    /** Section {@code Feature}. */
    public record Feature(
            boolean feedsManager, boolean logPoller, boolean uiCsaKeys, boolean ccip, boolean multiFeedsManagers) {}

    /**
     * Section {@code FluxMonitor}, as far as it does anything.
     *
     * @param simulateTransactions whether a submission is tried by a call before it is stored
     * @param defaultTransactionQueueDepth how many submissions of a job may wait; older ones are dropped; 0 for any
     */
    public record FluxMonitor(boolean simulateTransactions, long defaultTransactionQueueDepth) {}

    /** Weak scrypt for all key encryption: for tests only. */
    public boolean insecureFastScrypt() {
        return sections.insecureFastScrypt();
    }

    /** The node's folder, with {@code ~} and variables of the environment filled in. */
    public Path rootDir() {
        return rootDir;
    }

    /** How long the node may take to stop. */
    public Duration shutdownGracePeriod() {
        return sections.shutdownGracePeriod();
    }

    /** Section {@code Feature}. */
    public Feature feature() {
        return sections.feature();
    }

    /** Section {@code Database}. */
    public DatabaseConfig database() {
        return sections.database();
    }

    /** Section {@code AuditLogger}. */
    public AuditLoggerConfig auditLogger() {
        return sections.auditLogger();
    }

    /** Section {@code Log}. */
    public LogConfig log() {
        return sections.log();
    }

    /** Section {@code WebServer}. */
    public WebServerConfig webServer() {
        return sections.webServer();
    }

    /** Section {@code JobPipeline}. */
    public JobPipelineConfig jobPipeline() {
        return sections.jobPipeline();
    }

    /** Section {@code FluxMonitor}. */
    public FluxMonitor fluxMonitor() {
        return sections.fluxMonitor();
    }

    /** The chains in the order of the files, those switched off among them. */
    public List<EvmConfig> evm() {
        return sections.evm();
    }

    /** Section {@code Carabiner}: what only this node knows. */
    public CarabinerConfig carabiner() {
        return sections.carabiner();
    }

    /** What must never be printed. */
    public Secrets secrets() {
        return secrets;
    }

    /**
     * The value of a key outside the typed sections, or empty if it has neither a value nor a default.
     *
     * @param path the key as docs/configuration.md writes it, such as {@code OCR.Enabled}
     * @param type the Java type of the key's values
     * @throws IllegalArgumentException if there is no such key, or its values have another type
     */
    public <T> Optional<T> value(String path, Class<T> type) {
        ConfigKey key = Schema.CONFIG
                .key(path)
                .orElseThrow(() -> new IllegalArgumentException("there is no key " + path + " outside of lists"));
        Optional<Object> value = effective.value(path, Object.class).or(key::defaultValue);
        if (value.isPresent() && !type.isInstance(value.get())) {
            throw new IllegalArgumentException(
                    path + " holds a " + value.get().getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return value.map(type::cast);
    }

    /** The keys that the operator set and that do nothing in this version, as docs/configuration.md writes them. */
    public List<String> inertKeysSet() {
        return InertKeys.setIn(input);
    }

    /**
     * Present where variables of version 1, and no file, configured the node: those of them that do nothing any more, a
     * sentence each, with what to do instead.
     */
    public Optional<List<String>> legacyNotes() {
        return legacyNotes;
    }

    Section input() {
        return input;
    }

    Section effective() {
        return effective;
    }

    /** The chains only: a configuration is long, {@link ConfigPrinter} prints it. */
    @Override
    public String toString() {
        return "NodeConfig" + sections.evm().stream().map(EvmConfig::chainId).toList();
    }
}
