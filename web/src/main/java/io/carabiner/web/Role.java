package io.carabiner.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user may do; each role may do all that those before it may (Go node 2.15, core/sessions/user.go). */
public enum Role {
    /** Look. */
    VIEW,
    /** Start runs, replay blocks. */
    RUN,
    /** Change jobs and bridges, make keys. */
    EDIT,
    /** Everything: users, key exports, transfers. */
    ADMIN;

    /** The word in the database and in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word, exactly as it is written. */
    public static Optional<Role> ofWord(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    boolean mayActAs(Role needed) {
        return compareTo(needed) >= 0;
    }
}
