package io.carabiner.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in {@code ~} and variables of the environment in a folder's name. */
final class RootDir {

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

    private RootDir() {}

    static Path expanded(String text, Map<String, String> env) {
        String filled = VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        env.getOrDefault(match.group(1) == null ? match.group(2) : match.group(1), "")));
        String home = env.getOrDefault("HOME", System.getProperty("user.home", ""));
        if (filled.equals("~") || filled.startsWith("~/")) {
            return Path.of(home + filled.substring(1));
        }
        return Path.of(filled);
    }
}
