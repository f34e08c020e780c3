package io.carabiner.node;

/** A password or mail address that is readable and not good enough, and what the operator must be told. */
enum WeakSecret {
    PASSWORD_SHORT(
            "password",
            "secret\n",
            "error authenticating keystore: " + WeakSecret.RULES + "password is less than 16 characters long\n\n"),
    PASSWORD_WITH_SPACE(
            "password",
            "sixteen-characters-or-more \n",
            "error authenticating keystore: " + WeakSecret.RULES
                    + "password contains a leading or trailing whitespace\n\n"),
    API_PASSWORD_SHORT(
            "api",
            "operator@example.com\nshort\n",
            "error creating api initializer: failed to instantiate new user: " + WeakSecret.RULES
                    + "password is less than 16 characters long\n\n"),
    API_MAIL_MALFORMED(
            "api",
            "operator\nsixteen-characters-or-more\n",
            "error creating api initializer: failed to instantiate new user: mail: missing '@' or angle-addr\n");

    private static final String RULES = """

            Expected password complexity:
            Must be at least 16 characters long
            Must not comprise:
            \tLeading or trailing whitespace
            \tA user's API email

            Faults:
            \t""";

    private final String file;
    private final String content;
    private final String told;

    WeakSecret(String file, String content, String told) {
        this.file = file;
        this.content = content;
        this.told = told;
    }

    String file() {
        return file;
    }

    String content() {
        return content;
    }

    /** What stands on the error output. */
    String told() {
        return told;
    }
}
