package io.carabiner.node;

import java.net.URI;

/** A database URL that is wrong, and what the operator must be told. */
enum DatabaseMistake {
    ANOTHER_SCHEME(
            "^postgresql",
            "mysql",
            "Database.URL must begin with postgresql://: write it as"
                    + " postgresql://user:password@host:port/name?sslmode=verify-full\n"),
    NO_DATABASE(
            "/test_.*",
            "",
            "Database.URL names no database after the host: write it as"
                    + " postgresql://user:password@host:port/name?sslmode=verify-full\n"),
    UNREADABLE(
            "^.*$",
            "postgresql://node:sixteen-characters%-or-more@127.0.0.1/node",
            "failed to decode secrets TOML: FOLDER/secrets.toml:2:1: Database.URL: failed to parse url: xxxxx\n"),
    UNKNOWN_DATABASE(
            "/test_\\d+",
            "/nothere",
            "The database server at 127.0.0.1:PORT has no database \"nothere\": create it (CREATE DATABASE), or correct"
                    + " the name in Database.URL.\n"),
    UNKNOWN_USER(
            "//[^:]*:",
            "//nobody:",
            "The database server at 127.0.0.1:PORT refuses the user \"nobody\": correct user and password in"
                    + " Database.URL.\n"),
    WRONG_PASSWORD(
            ":[^:@/]*@",
            ":sixteen-characters-or-more@",
            "The database server at 127.0.0.1:PORT refuses the user \"carabiner\": correct user and password in"
                    + " Database.URL.\n"),
    NO_RIGHTS(
            "//[^@]*@",
            "//guest:sixteen-characters-or-more@",
            "The user \"guest\" may not create the schema carabiner in database \"DATABASE\": GRANT CREATE ON DATABASE"
                    + " to it, or make it the owner.\n");

    private final String replaced;
    private final String replacement;
    private final String told;

    DatabaseMistake(String replaced, String replacement, String told) {
        this.replaced = replaced;
        this.replacement = replacement;
        this.told = told;
    }

    /** The good URL made wrong. */
    String url(String good) {
        return good.replaceFirst(replaced, replacement);
    }

    /** What stands on the error output. */
    String told(String good) {
        URI url = URI.create(good);
        return told.replace("PORT", Integer.toString(url.getPort()))
                .replace("DATABASE\"", url.getPath().substring(1) + '"');
    }
}
