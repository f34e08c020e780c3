package io.carabiner.config;

import io.carabiner.primitives.UrlAuthority;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What must hold for the secrets. Messages are the Go node's and show no secret. */
final class SecretRules {

    private static final int PASSWORD_CHARACTERS_MIN = 16;
    /** A database with this in its name is one for tests: its password is not looked at. */
    private static final String TEST_DATABASE = "_test";

    private static final String ADVICE = """
            . Database should be secured by a password matching the following complexity requirements:\s
            Must have a length of 16-50 characters
            Must not comprise:
            \tLeading or trailing whitespace (note that a trailing newline in the password file, if present, will be \
            ignored)
            """;

    private final Section secrets;
    private final Faults faults;

    SecretRules(Section secrets, Faults faults) {
        this.secrets = secrets;
        this.faults = faults;
    }

    void check() {
        required("Database.URL");
        boolean allowSimple =
                secrets.value("Database.AllowSimplePasswords", Boolean.class).orElse(false);
        if (allowSimple) {
            report(
                    "Database.AllowSimplePasswords",
                    "invalid value (true): insecure configs are not allowed on secure builds");
        }
        if (!allowSimple) {
            database("Database.URL");
            database("Database.BackupURL");
        }
        required("Password.Keystore");
        mercury();
        importedKeys();
    }

    private Optional<String> text(String path) {
        return secrets.value(path, Secret.class).map(Secret::reveal).filter(text -> !text.isEmpty());
    }

    private void report(String path, String message) {
        faults.add(List.of(), path, message, secrets.positionOf(path));
    }

    private void required(String path) {
        if (text(path).isEmpty()) {
            report(path, "empty: must be provided and non-empty");
        }
    }

    private void database(String path) {
        text(path)
                .flatMap(SecretRules::weakness)
                .ifPresent(weakness -> report(
                        path,
                        "invalid value (*****): missing or insufficiently complex password: " + weakness + ADVICE));
    }

    /** Why the password in this URL is not good enough, if so. */
    static Optional<String> weakness(String url) {
        if (url.contains(TEST_DATABASE)) {
            return Optional.empty();
        }
        URI uri = URI.create(url);
        String user = UrlAuthority.of(uri).flatMap(UrlAuthority::rawUserInfo).orElse("");
        String inQuery = queryPassword(uri);
        if (user.isEmpty() && inQuery.isEmpty()) {
            return Optional.of("DB URL must be authenticated; plaintext URLs are not allowed");
        }
        int colon = user.indexOf(':');
        String password = inQuery.isEmpty() && colon >= 0
                ? decoded(user.substring(colon + 1).replace("+", "%2B"))
                : inQuery;
        return password.isEmpty()
                ? Optional.of("DB URL must be authenticated; password is required")
                : complexity(password);
    }

    private static String queryPassword(URI uri) {
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith("password="))
                .map(pair -> decoded(pair.substring("password=".length())))
                .findFirst()
                .orElse("");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Optional<String> complexity(String password) {
        var weaknesses = new StringBuilder();
        if (!password.strip().equals(password)) {
            weaknesses.append("\tpassword contains a leading or trailing whitespace\n");
        }
        if (password.codePointCount(0, password.length()) < PASSWORD_CHARACTERS_MIN) {
            weaknesses.append("\tpassword is less than 16 characters long\n");
        }
        return weaknesses.isEmpty() ? Optional.empty() : Optional.of("""

                        Expected password complexity:
                        Must be at least 16 characters long
                        Must not comprise:
                        \tLeading or trailing whitespace
                        \tA user's API email

                        Faults:
                        """ + weaknesses);
    }

    private void mercury() {
        Section credentials = Optional.ofNullable(secrets.sections().get("Mercury"))
                .map(mercury -> mercury.sections().get("Credentials"))
                .orElse(null);
        if (credentials == null) {
            return;
        }
        var seen = new HashSet<String>();
        credentials.sections().forEach((name, entry) -> {
            String url = entry.value("URL", Secret.class).map(Secret::reveal).orElse("");
            if (url.isEmpty()) {
                faults.add(List.of("Mercury"), "URL", "missing: must be provided and non-empty", entry.position());
            } else if (!seen.add(url)) {
                faults.add(
                        List.of("Mercury"),
                        "URL",
                        "invalid value (" + Secret.MASK + "): duplicate - must be unique, see " + name,
                        entry.positionOf("URL"));
            }
        });
    }

    private void importedKeys() {
        for (String network : List.of("EVM", "Solana")) {
            List<Section> keys = Optional.ofNullable(secrets.sections().get(network))
                    .map(section -> section.list("Keys"))
                    .orElse(List.of());
            for (int i = 0; i < keys.size(); i++) {
                complete(List.of(network, "Keys", Integer.toString(i)), keys.get(i), 3);
            }
        }
        for (String key : List.of("P2PKey", "DKGRecipientKey")) {
            Optional.ofNullable(secrets.sections().get(key)).ifPresent(entry -> complete(List.of(key), entry, 2));
        }
    }

    private void complete(List<String> path, Section entry, int keys) {
        int set = entry.values().size();
        if (set != 0 && set != keys) {
            faults.add(
                    path.subList(0, path.size() - 1),
                    path.getLast(),
                    "invalid value (*****): all fields must be nil or non-nil",
                    entry.position());
        }
    }
}
