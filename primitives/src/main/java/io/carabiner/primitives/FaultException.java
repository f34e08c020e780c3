package io.carabiner.primitives;

/**
 * A fault with a code that can be counted and looked up, and one sentence that tells the operator what to do.
 *
 * <p>Each room has its own subclass. Expected outcomes are values, not exceptions; programming errors are the JDK's
 * own exceptions.
 */
public abstract class FaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * A fault without another behind it.
     *
     * @param code an upper-case word with underscores that names the kind of fault, unique in the program
     * @param message what happened and what to do next, in one sentence
     */
    protected FaultException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A fault that another one caused. */
    protected FaultException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The kind of fault, for counting and for the documentation: upper case with underscores. */
    public final String code() {
        return code;
    }
}
