package io.carabiner.telemetry;

import java.math.BigDecimal;
import java.util.List;

/** Writes the Prometheus text format, version 0.0.4, with numbers as the Go client prints them. */
final class SampleWriter {

    /** From this decimal exponent on the Go client writes an exponent. */
    private static final int EXPONENT_FROM = 6;

    private final StringBuilder out = new StringBuilder(16 * 1024);

    void header(String name, String help, String type) {
        out.append("# HELP ").append(name).append(' ').append(escapeHelp(help)).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void sample(String name, List<String[]> labels, double value) {
        sample(name, labels, "", value);
    }

    /** A histogram's bucket: the bound stands behind all other labels. */
    void bucket(String name, List<String[]> labels, double bound, long count) {
        sample(name + "_bucket", labels, "le=\"" + number(bound) + "\"", (double) count);
    }

    private void sample(String name, List<String[]> labels, String lastLabel, double value) {
        out.append(name);
        if (!labels.isEmpty() || !lastLabel.isEmpty()) {
            appendLabels(labels, lastLabel);
        }
        out.append(' ').append(number(value)).append('\n');
    }

    private void appendLabels(List<String[]> labels, String lastLabel) {
        out.append('{');
        String comma = "";
        for (String[] label : labels) {
            out.append(comma)
                    .append(label[0])
                    .append("=\"")
                    .append(escapeValue(label[1]))
                    .append('"');
            comma = ",";
        }
        if (!lastLabel.isEmpty()) {
            out.append(comma).append(lastLabel);
        }
        out.append('}');
    }

    private static String escapeHelp(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String escapeValue(String text) {
        return escapeHelp(text).replace("\"", "\\\"");
    }

    /** The shortest decimal form, with an exponent below 1e-4 and from 1e+06 on. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        boolean plain = exponent >= -4 && exponent < EXPONENT_FROM;
        return plain ? shortest.toPlainString() : scientific(shortest, exponent);
    }

    private static String scientific(BigDecimal value, int exponent) {
        String digits = value.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = value.signum() < 0 ? "-" : "";
        String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : String.valueOf(Math.abs(exponent));
        return sign + mantissa + (exponent < 0 ? "e-" : "e+") + power;
    }

    String text() {
        return out.toString();
    }
}
