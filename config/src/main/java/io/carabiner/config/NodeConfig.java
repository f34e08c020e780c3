package io.carabiner.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything the operator configured, with defaults laid under it, checked. Immutable.
 *
 * <p>The sections that rooms use are records whose components carry the names of the TOML keys; any other key is
 * read with {@link #value}.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class NodeConfig {

    private final Sections sections;
    private final Secrets secrets;

    NodeConfig(Sections sections, Secrets secrets) {
        this.sections = sections;
        this.secrets = secrets;
    }

    /** The typed part: the root of the file. */
    record Sections(
            boolean insecureFastScrypt,
            boolean insecurePprofHeap,
            String rootDir,
            Duration shutdownGracePeriod,
            Feature feature,
            DatabaseConfig database,
            LogConfig log,
            WebServerConfig webServer,
            JobPipelineConfig jobPipeline,
            List<EvmConfig> evm) {}

    /** Section {@code Feature}. */
    public record Feature(
            boolean feedsManager, boolean logPoller, boolean uiCsaKeys, boolean ccip, boolean multiFeedsManagers) {}

    /** Weak scrypt for all key encryption: for tests only. */
    public boolean insecureFastScrypt() {
        return sections.insecureFastScrypt();
    }

    /** The node's folder, with {@code ~} and variables of the environment filled in. */
    public Path rootDir() {
        throw new UnsupportedOperationException();
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

    /** The chains in the order of the files, those switched off among them. */
    public List<EvmConfig> evm() {
        return sections.evm();
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
        throw new UnsupportedOperationException(path + type);
    }

    /** The keys that the operator set and that do nothing in this version, as docs/configuration.md writes them. */
    public List<String> inertKeysSet() {
        throw new UnsupportedOperationException();
    }
}
