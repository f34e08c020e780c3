package io.carabiner.devnet;

/**
 * What opens the node's API and pages. Prints as a mask.
 *
 * @param mail the user's name
 * @param password generated
 */
public record Login(String mail, String password) {
    @Override
    public String toString() {
        return "Login[" + mail + "]";
    }
}
