package io.carabiner.doctor;

/**
 * One thing that was looked at.
 *
 * @param verdict how it is
 * @param area what it belongs to: {@code config}, {@code database}, {@code rpc}, {@code keys}, {@code jobs},
 *     {@code web}, {@code disk}, {@code clock}
 * @param subject which one of its kind, such as an endpoint's name; may be empty
 * @param what was found, in plain words
 * @param advice what to do; empty when all is well
 */
public record Finding(Verdict verdict, String area, String subject, String what, String advice) {

    /** How something is. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** A node would work, and the operator should know. */
        WARN,
        /** A node would not work, or not answer. */
        FAIL
    }

    static Finding ok(String area, String subject, String what) {
        return new Finding(Verdict.OK, area, subject, what, "");
    }

    static Finding warn(String area, String subject, String what, String advice) {
        return new Finding(Verdict.WARN, area, subject, what, advice);
    }

    static Finding fail(String area, String subject, String what, String advice) {
        return new Finding(Verdict.FAIL, area, subject, what, advice);
    }
}
