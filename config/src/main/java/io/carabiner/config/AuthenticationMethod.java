package io.carabiner.config;

/** Who knows the users. */
public enum AuthenticationMethod {
    /** The node's own database. */
    LOCAL("local"),
    /** An LDAP server. */
    LDAP("ldap"),
    /** An OpenID Connect provider. */
    OIDC("oidc");

    private final String text;

    AuthenticationMethod(String text) {
        this.text = text;
    }

    /** The name in the configuration. */
    @Override
    public String toString() {
        return text;
    }
}
