package io.carabiner.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of {@code node validate} and {@code config validate}.
 *
 * @param valid whether a node would start with it
 * @param output for standard output: the secrets (masked), what was set, the effective configuration, keys that do
 *     nothing in this version, the verdict; empty if nothing could be read
 * @param error for standard error: empty if the configuration is valid
 */
public record ConfigCheck(boolean valid, String output, String error) {

    /** Reads and checks everything; never throws for what the operator wrote. */
    public static ConfigCheck of(ConfigSources sources) {
        try {
            return of(ConfigLoader.draft(sources));
        } catch (ConfigException e) {
            return new ConfigCheck(false, "", e.getMessage() + "\n");
        }
    }

    private static ConfigCheck of(ConfigLoader.Draft draft) {
        var parts = new ArrayList<String>();
        parts.add("# Secrets:\n" + TomlPrinter.set(draft.input().secrets()));
        parts.add("# Input Configuration:\n" + TomlPrinter.set(draft.input().config()));
        parts.add("# Effective Configuration, with defaults applied:\n" + TomlPrinter.complete(draft.effective()));
        List<String> inert = InertKeys.setIn(draft.input().config());
        if (!inert.isEmpty()) {
            parts.add("# Configuration warning:\n" + warning(inert));
        }
        List<String> notes = draft.input().notes();
        if (!notes.isEmpty()) {
            parts.add("# Environment warning:\n\t- " + String.join("\n\t- ", notes) + "\n");
        }
        String secretsInputAndAll = String.join("\n", parts);
        return draft.valid()
                ? new ConfigCheck(true, secretsInputAndAll + "\nValid configuration.\n", "")
                : new ConfigCheck(
                        false,
                        secretsInputAndAll + "\nInvalid configuration: " + draft.report() + "\n",
                        "invalid configuration\n");
    }

    private static String warning(List<String> inert) {
        var text = new StringBuilder("these keys are set and do nothing in this version:\n");
        inert.forEach(key -> text.append("\t- ").append(key).append('\n'));
        return text.toString();
    }
}
