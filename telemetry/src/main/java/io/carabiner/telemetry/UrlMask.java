package io.carabiner.telemetry;

import java.util.regex.Pattern;

/** Takes credentials out of URLs in text that people or machines will read. Pure. */
public final class UrlMask {

    private static final String MASK = "xxxxx";

    /** {@code user:password@} or {@code token@} behind the scheme. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s\"'@]+@");

    /** Query parameters whose name says that the value is a secret. */
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "([?&][^=&\\s\"']*(?:password|secret|token|api_?key|auth)[^=&\\s\"']*=)[^&#\\s\"']+",
            Pattern.CASE_INSENSITIVE);

    /** A path segment of 20 or more letters and digits, at least one of each: how RPC providers put keys into paths. */
    private static final Pattern KEY_SEGMENT = Pattern.compile(
            "(?<=://)([^\\s\"'?#]*/)(?=[A-Za-z_-]*[0-9])(?=[0-9_-]*[A-Za-z])(?!0x)[A-Za-z0-9_-]{20,}(?=[/?#\\s\"']|$)");

    private UrlMask() {}

    /**
     * The text with every URL in it stripped of user names and passwords, secret-looking query parameters, and path
     * segments that look like an API key. Text without a URL is returned as it is.
     */
    public static String mask(String text) {
        if (!text.contains("://")) {
            return text;
        }
        String masked = USER_INFO.matcher(text).replaceAll(MASK + "@");
        masked = SECRET_PARAMETER.matcher(masked).replaceAll("$1" + MASK);
        return KEY_SEGMENT.matcher(masked).replaceAll("$1" + MASK);
    }
}
